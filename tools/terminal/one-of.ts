import { InvalidArgumentError } from '@commander-js/extra-typings'
import { closest, distance } from 'fastest-levenshtein'

/**
 * Returns the name that was typed, in any letter case, as it is spelled in `names`.
 * @throws InvalidArgumentError that says which name was probably meant, or lists all.
 */
export function oneOf<T extends string>(typed: string, names: readonly T[]): T {
  const wanted = typed.trim().toLowerCase()
  const found = names.find(name => name.toLowerCase() === wanted)
  if (found !== undefined) return found
  const near = nearestOf(typed, names)
  throw new InvalidArgumentError(near ? `Did you mean ${near}?` : `One of ${names.join(', ')}.`)
}

/** Returns the name that was probably meant: at most a third of its letters differ, or two. Undefined if there is none. */
export function nearestOf(typed: string, names: readonly string[]): string | undefined {
  const wanted = typed.trim().toLowerCase()
  const near = closest(
    wanted,
    names.map(name => name.toLowerCase()),
  )
  const isNear = distance(wanted, near) <= Math.max(2, near.length / 3)
  return isNear ? names.find(name => name.toLowerCase() === near) : undefined
}
