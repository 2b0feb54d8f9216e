import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DeliberateFault } from './faults.ts'

/** A copy of what the simulation needs, in a folder of its own. */
export interface FaultyCopy {
  folder: string
  remove(): void
}

const copied = ['package.json', 'lib', 'tools']

/**
 * The file with the fault in it.
 * @throws Error where the text to replace does not stand in the file exactly once.
 */
export function withFault(source: string, { name, file, search, replace }: DeliberateFault): string {
  const count = source.split(search).length - 1
  if (count !== 1) throw new Error(`"${name}": its text stands ${count} times in ${file}`)
  return source.replace(search, () => replace)
}

/** Copies the repository at `root` into a temporary folder and puts the fault in; without one the copy is whole. */
export function createFaultyCopy(root: string, fault?: DeliberateFault): FaultyCopy {
  const folder = mkdtempSync(join(tmpdir(), 'relay-fault-'))
  for (const path of copied) cpSync(join(root, path), join(folder, path), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  if (fault) {
    const path = join(folder, fault.file)
    writeFileSync(path, withFault(readFileSync(path, 'utf8'), fault))
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
