import type { Note } from '../call.ts'
import { emailOf, type Found } from '../identity.ts'
import { leaveOut, noteNoText } from '../note.ts'
import { type Fields, isPresent, noFields, own, textOf, type View } from '../view.ts'

/** A place in an event where a row may find its value: `values[part][slot]`, or what `read` finds. */
export interface Source {
  path: string
  part: number
  slot: number
  read: ((values: Values, view: View, notes: Note[]) => Found | undefined) | undefined
}

/** The values that rows can read of an event, by part (traits, context.traits, paths) and slot. */
export type Values = readonly (readonly unknown[])[]

const [traitsPart, contextTraitsPart, pathsPart] = [0, 1, 2]
const slots = new Map<string, number>()
const paths: { place: 'context' | 'properties'; key: string }[] = []

/**
 * The places that a name in a row stands for. A bare name is a trait (`traits`, then `context.traits`). A name that starts
 * with `context.` or `properties.` is a path. Functions find `fullName()` and `email()`.
 */
export function sourcesOf(name: string): Source[] {
  const [place, key] = name.split('.')
  if (key !== undefined && (place === 'context' || place === 'properties'))
    return [{ path: name, part: pathsPart, slot: paths.push({ place, key }) - 1, read: undefined }]
  if (name === 'email()')
    return [{ path: name, part: 0, slot: 0, read: (_, view, notes) => emailOf(view, notes) }]
  if (name === 'fullName()') return [{ path: name, part: 0, slot: 0, read: fullName }]
  const slot = slots.get(name) ?? slots.size
  slots.set(name, slot)
  return [
    { path: `traits.${name}`, part: traitsPart, slot, read: undefined },
    { path: `context.traits.${name}`, part: contextTraitsPart, slot, read: undefined },
  ]
}

/** Traits that are read without a slot: for the identity and the e-mail. */
const otherTraits: ReadonlySet<string> = new Set(['userId', 'id', 'email'])

/**
 * Reads an event once, by its own keys, since most traits that a row names are missing. A trait that no row names is
 * noted, once if both `traits` and `context.traits` have it.
 */
export function valuesOf({ traits, contextTraits, context, properties }: View, notes: Note[]): Values {
  const places = { context, properties }
  return [
    inSlots(traits, key => noteUnnamed(notes, `traits.${key}`, traits[key])),
    inSlots(contextTraits, key => {
      if (!isPresent(own(traits, key))) noteUnnamed(notes, `context.traits.${key}`, contextTraits[key])
    }),
    paths.map(({ place, key }) => own(places[place], key)),
  ]
}

function inSlots(fields: Fields, onUnnamed: (key: string) => void): readonly unknown[] {
  if (fields === noFields) return noValues
  const values = new Array<unknown>(slots.size).fill(undefined)
  for (const key of Object.keys(fields)) {
    const slot = slots.get(key)
    if (slot !== undefined) values[slot] = fields[key]
    else if (!otherTraits.has(key)) onUnnamed(key)
  }
  return values
}

function noteUnnamed(notes: Note[], path: string, value: unknown): void {
  if (isPresent(value)) leaveOut(notes, path, 'it is not mapped; use customObject for traits of your own')
}

const noValues: readonly unknown[] = []

const spellings = {
  first: ['firstName', 'firstname', 'first_name'].flatMap(sourcesOf),
  last: ['lastName', 'lastname', 'last_name'].flatMap(sourcesOf),
}

/** First and last name, those that are present, joined by a blank. */
function fullName(values: Values, _: View, notes: Note[]): Found | undefined {
  const first = firstTextOf(spellings.first, values, notes)
  const last = firstTextOf(spellings.last, values, notes)
  if (first === undefined || last === undefined) return first ?? last
  return { path: first.path, value: `${first.value} ${last.value}` }
}

function firstTextOf(sources: readonly Source[], values: Values, notes: Note[]): Found | undefined {
  for (const { path, part, slot } of sources) {
    const given = values[part]?.[slot]
    if (given === undefined) continue
    const value = textOf(given) ?? noteNoText(notes, path, given)
    if (value !== undefined) return { path, value }
  }
  return undefined
}
