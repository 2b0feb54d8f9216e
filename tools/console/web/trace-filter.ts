import type { EventTrace } from '../../local-relay/ledger.ts'
import { ask } from './api.ts'
import { el, field, select } from './dom.ts'

/** The fields that choose which events the view "Flow" lists. */
export interface TraceFilter {
  fields: HTMLElement[]
  matches(trace: EventTrace): boolean
}

const states = ['queued', 'retrying', 'delivered', 'skipped', 'dead', 'ignored']
const types = ['identify', 'track', 'page', 'screen']

/** Creates the fields Person, Type and State. `onChange` runs when one of them changes what matches. */
export function createTraceFilter(onChange: () => void): TraceFilter {
  const person = createPersonField(onChange)
  const type = select(any(types), onChange)
  const state = select(any(states), onChange)
  return {
    fields: [field('Person', person.element, 'wide'), field('Type', type), field('State', state)],
    matches: trace =>
      person.matches(trace) &&
      (type.value === '' || trace.event === type.value || trace.event.startsWith(`${type.value} `)) &&
      (state.value === '' || trace.state === state.value),
  }
}

/** A person is found by `userId`, whose message group the relay computes, or by the start of a message group. */
function createPersonField(onChange: () => void) {
  const element = el('input', { type: 'search', placeholder: 'userId or group' })
  const typed = () => element.value.trim()
  let group = ''
  element.addEventListener('input', async () => {
    const before = typed()
    const found = await groupOf(before)
    if (before !== typed()) return
    group = found
    onChange()
  })
  return {
    element,
    matches: ({ person }: EventTrace) =>
      group === '' || person === group || Boolean(person?.startsWith(typed())),
  }
}

function any(names: string[]): [string, string][] {
  return [['', 'all'], ...names.map((name): [string, string] => [name, name])]
}

/** Returns the message group of a person, as ingest computes it; `unknown` if the relay does not answer. */
async function groupOf(externalId: string): Promise<string> {
  if (externalId === '') return ''
  const path = `/local/group?externalId=${encodeURIComponent(externalId)}`
  const { group } = await ask<{ group: string }>(path).catch(() => ({ group: 'unknown' }))
  return group
}
