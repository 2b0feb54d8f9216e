import type { DeadLetterMessage } from './dead-letter-message.ts'
import { deadLetterById } from './ids.ts'
import { isOfPerson } from './is-of-person.ts'

/** Selects dead letters. A missing or empty field selects all; several values of one field select any of them. */
export interface Filter {
  /** Ids as typed, see `deadLettersOf`. */
  ids?: string[]
  codes?: string[]
  types?: string[]
  /** Full names of track events. */
  events?: string[]
  /** Limits of the time of the failure, both inclusive, in epoch milliseconds. */
  sinceMs?: number
  untilMs?: number
  /** External ids: dead letters of the events of these people. */
  persons?: string[]
}

/** Whether a filter selects a dead letter. `ids` are not looked at. Letter case is ignored. */
export function isSelected(deadLetter: DeadLetterMessage, filter: Filter): boolean {
  const isAny = (wanted: string[] | undefined, value = '') =>
    !wanted?.length || wanted.some(one => one.trim().toLowerCase() === value.toLowerCase())
  return (
    isAny(filter.codes, deadLetter.code) &&
    isAny(filter.types, deadLetter.eventType) &&
    isAny(filter.events, deadLetter.eventName) &&
    deadLetter.failedAtMs >= (filter.sinceMs ?? -Infinity) &&
    deadLetter.failedAtMs <= (filter.untilMs ?? Infinity) &&
    (!filter.persons?.length || isOfPerson(deadLetter, filter.persons))
  )
}

/**
 * Returns the dead letters that a filter selects, in their order.
 * @throws Error if an id matches no dead letter, or several.
 */
export function filterDeadLetters(deadLetters: DeadLetterMessage[], filter: Filter): DeadLetterMessage[] {
  const ids = new Set(filter.ids?.map(typed => deadLetterById(deadLetters, typed).id))
  return deadLetters.filter(one => (ids.size === 0 || ids.has(one.id)) && isSelected(one, filter))
}

const units = { s: 1, m: 60, min: 60, h: 3_600, d: 86_400, w: 604_800 }

/**
 * Parses a time as people type it: an age (`90s`, `30m`, `2h`, `3d`, `1w`), a date (UTC) or a date with a time
 * (`2026-11-23T09:30Z`; without a zone it is local time). Returns epoch milliseconds; undefined for any other text.
 */
export function momentOf(text: string, nowMs: number): number | undefined {
  const age = /^(\d+(?:\.\d+)?)\s*(s|m|min|h|d|w)$/i.exec(text.trim())
  const unit = age?.[2]?.toLowerCase() as keyof typeof units | undefined
  if (age && unit) return nowMs - Number(age[1]) * units[unit] * 1000
  const date = /^\d{4}-\d{2}-\d{2}/.test(text.trim()) ? Date.parse(text.trim()) : Number.NaN
  return Number.isNaN(date) ? undefined : date
}
