import type { StoredCustomer } from '../../kustomer-stand-in/types.ts'
import { el } from './dom.ts'
import { clock, count } from './format.ts'
import { jsonBlock } from './json.ts'

/** A customer with what is known of it and its timeline, newest first; open where the card before it was. */
export function customerCard({ id, attributes, events }: StoredCustomer, before?: HTMLElement): HTMLElement {
  const { name, externalId } = attributes
  const said = Object.fromEntries(Object.entries(attributes).filter(([, value]) => !isBlank(value)))
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
    jsonBlock(said, `Attributes of ${title}`),
    timeline.length > 0 && el('ol', { class: 'timeline' }, ...timeline),
  )
}

/** Kustomer answers with everything that it knows of; what is empty tells nothing. */
function isBlank(value: unknown) {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0)
}
