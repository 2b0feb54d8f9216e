/** Licences that ask for no more than the notice: for code that is deployed. SPDX ids. */
export const permissive: ReadonlySet<string> = new Set([
  ...['MIT', 'MIT-0', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD'],
])

/** Licences for development tools, which are never deployed: also those that only concern changes to the tool itself. */
export const forTools: ReadonlySet<string> = new Set([...permissive, 'MPL-2.0', 'BlueOak-1.0.0'])

/**
 * The licences from which the user of a package may choose: `license` of its `package.json`, as a text (also
 * `(MIT OR GPL-3.0-or-later)`), or in the old forms, as an object or a list of objects. An expression with `AND` or
 * `WITH` is one licence of that name, which no list has. Empty when the package names none. Never throws.
 */
export function licencesOf(license: unknown): string[] {
  if (Array.isArray(license)) return license.flatMap(licencesOf)
  if (typeof license === 'object' && license !== null && 'type' in license) return licencesOf(license.type)
  if (typeof license !== 'string') return []
  const choice = license.replace(/^\((.*)\)$/, '$1').trim()
  return choice === '' ? [] : choice.split(/ OR /i)
}

/** Whether a package may be used under one of the allowed licences. */
export function mayBeUsed(license: unknown, allowed: ReadonlySet<string>): boolean {
  return licencesOf(license).some(one => allowed.has(one))
}
