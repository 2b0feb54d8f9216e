import { forTools, licencesOf, mayBeUsed, permissive } from '../../tools/release/licence.ts'

/** What is read of a package in `package-lock.json` (docs.npmjs.com, "package-lock.json", read 2026-11). */
export interface LockedPackage {
  version?: string
  resolved?: string
  integrity?: string
  license?: unknown
  /** Only needed for development. */
  dev?: boolean
  /** Shipped inside the package of the folder above, whose hash covers it. */
  inBundle?: boolean
  link?: boolean
}

/** The packages of a lock file by their folder, without the root. */
export type LockedPackages = Record<string, LockedPackage>

const registry = 'https://registry.npmjs.org/'

/**
 * What is wrong with the origin of the locked packages, one text for each fault: no SHA-512, another registry than npm's
 * public one, a link, or no exact version. Without `resolved` npm asks the registry that the user has set, and the hash
 * holds for that one too.
 */
export function originFaults(packages: LockedPackages): string[] {
  return Object.entries(packages).flatMap(([folder, { version = '', resolved, link }]) => [
    ...(isHashed(folder, packages) ? [] : [`${folder}: no SHA-512`]),
    ...(resolved === undefined || resolved.startsWith(registry) ? [] : [`${folder}: from ${resolved}`]),
    ...(link ? [`${folder}: a link`] : []),
    ...(/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version) ? [] : [`${folder}: version ${version}`]),
  ])
}

/** Whether a package has a hash, or is inside one that has. */
function isHashed(folder: string, packages: LockedPackages): boolean {
  const { integrity = '', inBundle } = packages[folder] ?? {}
  const outer = folder.replace(/\/node_modules\/(@[^/]+\/)?[^/]+$/, '')
  return (
    /^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity) ||
    (inBundle === true && outer !== folder && isHashed(outer, packages))
  )
}

/** The packages whose licence is not allowed, or not known, one text for each. */
export function licenceFaults(packages: LockedPackages): string[] {
  return Object.entries(packages)
    .filter(([, { license, dev }]) => !mayBeUsed(license, dev ? forTools : permissive))
    .map(([folder, { license }]) => `${folder}: ${licencesOf(license).join(' or ') || 'no licence'}`)
}
