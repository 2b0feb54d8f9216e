import { type Advice, adviceFor } from './advice.ts'
import type { KustomerError } from './error-body.ts'

/**
 * The likely cause by status, and what to do where the relay cannot go on by itself. Source for 413 (100 kB), 401 to 403
 * and 409: developer.kustomer.com (read 2026-11).
 */
export const statusAdvice: Record<number, { cause: string; toDo?: string }> = {
  401: {
    cause: 'the key is wrong or belongs to another region',
    toDo: 'Set the right key, or the right `baseEndpoint`.',
  },
  402: { cause: "a problem with the organisation's billing", toDo: 'Ask your Kustomer administrator.' },
  403: { cause: 'the key lacks a role', toDo: 'Give it the roles that the README lists.' },
  404: { cause: 'nothing was found at this path', toDo: 'Check `baseEndpoint`.' },
  408: { cause: 'the request took too long' },
  410: { cause: 'nothing is at this path any more', toDo: 'Check `baseEndpoint`.' },
  413: { cause: 'the request is over 100 kB', toDo: 'Send fewer or shorter properties.' },
  405: { cause: 'the host does not accept this method', toDo: 'Check `baseEndpoint`.' },
  415: { cause: 'the host does not accept JSON', toDo: 'Check `baseEndpoint`.' },
  426: { cause: 'the host requires another protocol', toDo: 'Check `baseEndpoint`.' },
  429: { cause: 'the rate limit is reached' },
  502: { cause: 'a gateway got no answer' },
  504: { cause: 'a gateway got no answer in time' },
}

/** The advice for conflicts. */
export const conflictAdvice = {
  duplicate: {
    cause: 'another customer has the same value',
    toDo: 'Merge the two customers in Kustomer, or correct the value, then replay.',
  },
  rev: { cause: 'the customer was changed meanwhile', toDo: 'Send no `rev`, or replay.' },
  other: { cause: 'it conflicts with another change', toDo: 'Replay.' },
} as const satisfies Record<string, Advice>

/** Attributes that are named; more are counted, so that the reason fits into a dead letter. */
const maxNamed = 3

/**
 * Why Kustomer did not carry out a request, for logs and dead letters: a sentence with the known attributes that it
 * named, its code or the status, and the cause, then what to do. At most 256 characters. It never holds Kustomer's text,
 * the name of a key or a person's data.
 */
export function reasonFor(status: number, error: KustomerError): string {
  const { attributes, code } = error
  const named = attributes.slice(0, maxNamed).map(name => `\`${name}\``)
  const more = attributes.length > maxNamed ? ` and ${attributes.length - maxNamed} more` : ''
  const what = attributes.length > 0 ? `${named.join(', ')}${more}` : 'the request'
  const { cause, toDo } = adviceOn(status, error)
  return `Kustomer ${verbFor(status)} ${what} (${code ?? status}): ${cause}${toDo ? `. ${toDo}` : ''}`
}

function verbFor(status: number): string {
  if (status >= 200 && status < 300) return 'did not confirm'
  return status >= 500 ? 'failed at' : 'refused'
}

function adviceOn(
  status: number,
  { attributes, fault, isDuplicate, namesRev }: KustomerError,
): { cause: string; toDo?: string } {
  if (isDuplicate) return conflictAdvice.duplicate
  const known = statusAdvice[status]
  if (known) return known
  if (status === 409) return namesRev ? conflictAdvice.rev : conflictAdvice.other
  if (status < 200) return { cause: 'the status is not that of a final response' }
  if (status < 300) return { cause: "the body is not readable or not Kustomer's" }
  if (status < 400) return { cause: 'the host redirects to another one', toDo: 'Check `baseEndpoint`.' }
  if (status >= 500) return { cause: 'an error on its side' }
  return adviceFor(attributes, fault)
}
