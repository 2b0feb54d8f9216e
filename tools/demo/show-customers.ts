import type { StoredCustomer, StoredEvent } from '../kustomer-stand-in/types.ts'
import type { Output } from '../terminal/command-io.ts'
import { paint, safe } from '../terminal/terminal.ts'

type Attributes = StoredCustomer['attributes']

const lists = { emails: 'email', phones: 'phone', locations: 'address', socials: 'username', urls: 'url' }
const texts = ['username', 'company', 'gender', 'birthdayAt', 'locale', 'timeZone'] as const
const shownMeta = 4

/** Returns customers and their timelines as text for a terminal. */
export function showCustomers(customers: StoredCustomer[], out: Output): string {
  return customers
    .map(({ attributes, events }) =>
      [head(attributes, out), ...events.map(event => line(event, out))].join('\n'),
    )
    .join('\n\n')
}

/** Whether a customer has one of these external ids. */
export function isKnownBy(ids: Set<string>, { attributes }: StoredCustomer): boolean {
  return externalIds(attributes).some(id => ids.has(id))
}

function externalIds({ externalId, externalIds }: Attributes): string[] {
  return [text(externalId), ...values(externalIds, 'externalId')].filter(id => id !== '')
}

function head(attributes: Attributes, out: Output): string {
  const id = externalIds(attributes)[0] ?? ''
  const name = text(attributes.name) || '(no name)'
  const details = [
    ...Object.entries(lists).flatMap(([key, part]) => values(attributes[key], part)),
    ...texts.map(key => text(attributes[key])),
    values(attributes.tags)
      .map(tag => `#${tag}`)
      .join(' '),
  ].filter(detail => detail !== '')
  return `${paint('bold', safe(name), out)}  ${paint('dim', safe(id), out)}\n  ${safe(details.join(' · ') || 'nothing else')}`
}

function line({ at, event }: StoredEvent, out: Output): string {
  const time = new Date(at).toTimeString().slice(0, 8)
  const meta = Object.entries(typeof event.meta === 'object' && event.meta !== null ? event.meta : {})
  const shown = meta.slice(0, shownMeta).map(([key, value]) => `${key}=${cut(text(value))}`)
  const rest = meta.length > shownMeta ? [`+${meta.length - shownMeta}`] : []
  return `  ${paint('dim', time, out)}  ${safe(text(event.name)).padEnd(34)} ${paint('dim', safe([...shown, ...rest].join('  ')), out)}`
}

function values(list: unknown, part?: string): string[] {
  if (!Array.isArray(list)) return []
  return list.map(item => text(part ? item?.[part] : item)).filter(value => value !== '')
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function cut(value: string) {
  return value.length > 24 ? `${value.slice(0, 23)}…` : value
}
