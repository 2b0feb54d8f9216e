import type { StoredCustomer } from '../../kustomer-stand-in/types.ts'
import { el } from './dom.ts'
import { clock, count } from './format.ts'
import { jsonBlock } from './json.ts'

/** Returns a customer's card: attributes and timeline, newest first. It is open if the card it replaces was open. */
export function customerCard({ id, attributes, events }: StoredCustomer, before?: HTMLElement): HTMLElement {
  const { name, externalId } = attributes
  const filled = Object.fromEntries(Object.entries(attributes).filter(([, value]) => !isBlank(value)))
  const title = [name, externalId].find(text => typeof text === 'string' && text !== '') ?? id
  const timeline = events
    .toReversed()
    .map(({ at, event }) =>
      el(
        'li',
        {},
        el('time', {}, clock(at)),
        el('b', {}, String(event.name)),
        el('code', {}, event.meta === undefined ? '' : JSON.stringify(event.meta)),
      ),
    )
  const side = [
    typeof name === 'string' && typeof externalId === 'string' ? externalId : '',
    count(events.length, 'event'),
  ]
  return el(
    'details',
    { class: 'customer', open: before?.hasAttribute('open') ?? false },
    el('summary', {}, el('b', {}, String(title)), el('span', {}, side.filter(Boolean).join(' · '))),
    jsonBlock(filled, `Attributes of ${title}`),
    timeline.length > 0 && el('ol', { class: 'timeline' }, ...timeline),
  )
}

/** Kustomer's answers contain every attribute. The card leaves out empty ones. */
function isBlank(value: unknown) {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0)
}
