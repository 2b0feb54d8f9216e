import { emailOf, type Found } from '../identity.ts'
import { firstText, type Place, type View } from '../view.ts'

/** A place in an event where a row may find its value: a key of one of the event's parts, or what `read` finds. */
export interface Source extends Place {
  read?: (view: View) => Found | undefined
}

const computed = { 'fullName()': fullName, 'email()': emailOf }
const places = { context: 'context', properties: 'properties' } as const

/**
 * The places that a name in a row stands for: a bare name is a trait (`traits`, then `context.traits`), one that begins
 * with `context.` or `properties.` a path; `fullName()` and `email()` are found by functions.
 */
export function sourcesOf(name: string): Source[] {
  const read = Object.entries(computed).find(([each]) => each === name)?.[1]
  if (read) return [{ path: name, place: 'traits', key: name, read }]
  const [first = '', key] = name.split('.')
  const place = Object.entries(places).find(([each]) => each === first)?.[1]
  if (place && key) return [{ path: name, place, key }]
  return [
    { path: `traits.${name}`, place: 'traits', key: name },
    { path: `context.traits.${name}`, place: 'contextTraits', key: name },
  ]
}

const spellings = {
  first: ['firstName', 'firstname', 'first_name'].flatMap(sourcesOf),
  last: ['lastName', 'lastname', 'last_name'].flatMap(sourcesOf),
}

/** First and last name, those that are present, joined by a blank. */
function fullName(view: View): Found | undefined {
  const first = firstText(view, spellings.first)
  const last = firstText(view, spellings.last)
  if (first === undefined || last === undefined) return first ?? last
  return { path: first.path, value: `${first.value} ${last.value}` }
}
