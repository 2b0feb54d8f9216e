import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A package whose code is in a bundle. */
export interface BundledPackage {
  name: string
  version: string
  /** `license` of its `package.json`, in any form. */
  license: unknown
  /** Its folder, from the root of the repository: the key of the package in `package-lock.json`. */
  folder: string
  /** The texts of its files `LICENSE`, `LICENCE`, `COPYING` and `NOTICE`. */
  notices: string[]
}

/**
 * The packages of bundled modules, each once, by folder. `modules` are esbuild's paths, from the root of the repository.
 * Modules outside `node_modules` are the relay's own.
 * @throws Error when a package has no readable `package.json`.
 */
export function bundledPackages(modules: string[], root: string): BundledPackage[] {
  const folders = modules.flatMap(path => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [])
  return [...new Set(folders)].sort().map(folder => readPackage(folder, root))
}

function readPackage(folder: string, root: string): BundledPackage {
  const { name, version, license, licenses } = JSON.parse(
    readFileSync(join(root, folder, 'package.json'), 'utf8'),
  )
  const notices = readdirSync(join(root, folder))
    .filter(file => /^(licen[cs]e|copying|notice)\b/i.test(file))
    .sort()
    .map(file => readFileSync(join(root, folder, file), 'utf8').trim())
  return { name, version, license: license ?? licenses, folder, notices }
}
