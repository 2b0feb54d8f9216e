import { textsOf } from '../marks.ts'
import { missingClaim, needlessCreate } from './created-customer.ts'
import type { Evidence, Property } from './evidence.ts'
import { createIdentifierHistory } from './identifier-history.ts'
import type { Rule, Write } from './judged-write.ts'
import {
  leadsNowhere,
  lostItems,
  missingAddresses,
  takenOver,
  wrongFill,
  wrongValues,
} from './updated-customer.ts'
import { createIdentifyReader } from './written-identifies.ts'

const updateRules: readonly Rule[] = [
  lostItems,
  takenOver,
  leadsNowhere,
  wrongFill,
  wrongValues,
  missingAddresses,
]
const createRules: readonly Rule[] = [
  missingClaim,
  needlessCreate,
  leadsNowhere,
  wrongValues,
  missingAddresses,
]

/** Property 4: every single write of the relay is judged against the customer as it was just before. */
export const whoseCustomer: Property = {
  name: 'whose customer',
  sentence:
    'No two people become one customer but by the rules; no write of the relay loses what is there; no older ' +
    'identify overwrites a newer one, and no newer one is dropped.',
  find(evidence) {
    const history = createIdentifierHistory()
    const reader = createIdentifyReader(evidence)
    const anonymous = anonymousIds(evidence)
    return evidence.changes.flatMap(change => {
      const { by, kind, call, after } = change
      const isWrite = by === 'relay' && call && after
      const identifies = isWrite && kind !== 'record' ? reader.read(change) : []
      const write = { change: { ...change, after: after ?? {} }, identifies, history, evidence }
      const rules = kind === 'create' ? createRules : kind === 'update' ? updateRules : [strangeIdentity]
      const isAnonymous = (id: string) => anonymous.has(id)
      const wrong = isWrite ? rules.map(rule => rule({ ...write, isAnonymous })) : []
      history.add(change)
      const of = call?.marks.join(' ')
      return wrong.filter(text => text !== undefined).map(text => `${of} on ${change.customerId}: ${text}`)
    })
  },
}

/** External ids that are some device's and no user's. */
function anonymousIds({ ledger }: Evidence): Set<string> {
  const planned = ledger.entries().map(entry => entry.planned)
  const users = new Set(planned.filter(({ role }) => role === 'user').map(({ externalId }) => externalId))
  return new Set(
    planned.flatMap(({ anonymousId }) => (anonymousId && !users.has(anonymousId) ? [anonymousId] : [])),
  )
}

/** A tracking event goes to the external id that it names. */
function strangeIdentity({ change, evidence }: Write): string | undefined {
  const [mark = ''] = change.call?.marks ?? []
  const wanted = evidence.ledger.entry(mark)?.planned.externalId
  return wanted === undefined || textsOf(change.after, 'externalIds', 'externalId').includes(wanted)
    ? undefined
    : 'recorded on a customer without its external id'
}
