import { type FileHandle, open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { archiveLine } from '../dead-letters/archive.ts'
import type { DeadLetterMessage } from '../dead-letters/dead-letter-message.ts'
import type { CommandIo } from '../terminal/command-io.ts'

/** A file to which dead letters are exported. */
export interface ArchiveFile {
  /** Resolves when the lines are on the disk. */
  add(deadLetters: DeadLetterMessage[]): Promise<void>
  close(): Promise<void>
}

/**
 * Creates a new file for exported dead letters, one line of JSON each, with the bodies. Only its owner can read it. `-`
 * is standard output. @throws Error if the file exists or cannot be written.
 */
export async function createArchive(file: string, { cwd, out }: CommandIo): Promise<ArchiveFile> {
  if (file === '-')
    return {
      add: async deadLetters => void out.write(linesOf(deadLetters)),
      close: async () => undefined,
    }
  const handle = await openNew(resolve(cwd, file), file)
  return {
    async add(deadLetters) {
      await handle.write(linesOf(deadLetters))
      await handle.sync()
    },
    close: () => handle.close(),
  }
}

async function openNew(path: string, file: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    throw new Error(
      code === 'EEXIST'
        ? `${file} exists: name a new file, so that no earlier export is lost`
        : `${file} cannot be written: ${code}`,
    )
  }
}

function linesOf(deadLetters: DeadLetterMessage[]): string {
  return deadLetters.map(one => `${archiveLine(one)}\n`).join('')
}
