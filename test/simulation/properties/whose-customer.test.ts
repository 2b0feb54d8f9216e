import { describe, expect, test } from 'vitest'
import type { Attributes } from '../../../tools/kustomer-stand-in/types.ts'
import type { CustomerChange } from '../../../tools/simulation/kustomer-log.ts'
import type { PlannedEvent } from '../../../tools/simulation/planned-event.ts'
import { whoseCustomer } from '../../../tools/simulation/properties/whose-customer.ts'
import { call, change, evidenceOfEvents, plannedIdentify } from './evidence.ts'

/** A customer as Kustomer holds it. */
function customer(externalId: string | undefined, emails: string[], more: object = {}): Attributes {
  return {
    ...(externalId !== undefined && { externalId, externalIds: [{ externalId }] }),
    ...{ emails: emails.map(email => ({ email })), phones: [], custom: {}, ...more },
  }
}

const ids = (...list: string[]) => ({ externalIds: list.map(externalId => ({ externalId })) })
const minute = (n: number) => n * 60 + 10
const write = (marks: string, n: number) => call(marks, minute(n), { kind: 'update' })

/** The texts of what is wrong with changes, without the marks and ids before them. */
function found(events: PlannedEvent[], changes: CustomerChange[]): string[] {
  const calls = changes.flatMap(({ call: made }) => made ?? [])
  const texts = whoseCustomer.find(evidenceOfEvents(events, { calls, changes }))
  return texts.map(text => text.slice(text.indexOf(': ') + 2))
}

/** One update by one identify. */
function update(identify: PlannedEvent, before: Attributes, after: Attributes): string[] {
  const seed = change(undefined, { kind: 'rename', after: before })
  return found([identify], [seed, change(write(identify.mark, 1), { before, after })])
}

const user = (content: object, more: object = {}) => plannedIdentify(1, content, more)
const guest = (content: object) => user(content, { externalId: 'a1', anonymousId: 'a1', role: 'anonymous' })

describe('an update holds where', () => {
  test.each<[string, PlannedEvent, Attributes, Attributes]>([
    [
      'a user renames themself and brings an address',
      user({ name: 'Ada', emails: ['a@x'] }),
      customer('u1', ['b@x'], { name: 'A' }),
      customer('u1', ['b@x', 'a@x'], { name: 'Ada' }),
    ],
    [
      'a user takes over a customer of nobody',
      user({ emails: ['a@x'] }),
      customer(undefined, ['a@x']),
      customer('u1', ['a@x']),
    ],
    [
      'a user takes over another’s by the e-mail, whose id stays',
      user({ emails: ['a@x'] }),
      customer('u2', ['a@x']),
      customer('u1', ['a@x'], ids('u2', 'u1')),
    ],
    [
      'a guest fills what is empty on another’s customer',
      guest({ name: 'Ann', emails: ['a@x', 'c@x'] }),
      customer('u2', ['a@x']),
      customer('u2', ['a@x'], { name: 'Ann' }),
    ],
    [
      'a guest updates a customer of nobody',
      guest({ name: 'Ann', emails: ['a@x'] }),
      customer(undefined, ['a@x'], { name: 'B' }),
      customer('a1', ['a@x'], { name: 'Ann' }),
    ],
  ])('%s', (_, identify, before, after) => {
    expect(update(identify, before, after)).toEqual([])
  })
})

describe('an update is broken where', () => {
  test.each<[string, PlannedEvent, Attributes, Attributes, string]>([
    [
      'an address of an agent is lost',
      user({}),
      customer('u1', ['b@x', 'agent@x']),
      customer('u1', ['b@x']),
      'lost emails agent@x',
    ],
    [
      'the old external id is lost',
      user({ emails: ['a@x'] }),
      customer('u2', ['a@x']),
      customer('u1', ['a@x']),
      'lost externalIds u2',
    ],
    [
      'a user takes over by no right',
      user({}),
      customer('u2', []),
      customer('u1', [], ids('u2', 'u1')),
      'u1 took over the customer of u2',
    ],
    [
      'a guest takes over',
      guest({ emails: ['a@x'] }),
      customer('u2', ['a@x']),
      customer('a1', ['a@x'], ids('u2', 'a1')),
      'a guest took over the customer of u2',
    ],
    [
      'a guest renames',
      guest({ name: 'Ann', emails: ['a@x'] }),
      customer('u2', ['a@x'], { name: 'Bob' }),
      customer('u2', ['a@x'], { name: 'Ann' }),
      'wrong values by a guest: name Bob became Ann',
    ],
    [
      'a guest adds an address',
      guest({ emails: ['a@x', 'c@x'] }),
      customer('u2', ['a@x']),
      customer('u2', ['a@x', 'c@x']),
      'a guest added to emails',
    ],
    [
      'the user’s id does not lead there',
      user({}),
      customer(undefined, ['a@x']),
      customer(undefined, ['a@x']),
      'u1 does not lead to the customer',
    ],
    [
      'a name is not written',
      user({ name: 'Ada' }),
      customer('u1', [], { name: 'A' }),
      customer('u1', [], { name: 'A' }),
      'wrong values by a new one: name A became A',
    ],
    [
      'an address is dropped that nobody else has',
      user({ emails: ['a@x', 'c@x'] }),
      customer('u1', ['c@x']),
      customer('u1', ['c@x']),
      'did not bring a@x',
    ],
  ])('%s', (_, identify, before, after, detail) => {
    expect(update(identify, before, after)).toContain(detail)
  })
})

test('an id that an agent took from the customer may be put back, where nobody else has it', () => {
  const [first, taken] = [customer('u2', [], ids('u2', 'u1')), customer('u2', [])]
  const changes = [
    change(undefined, { kind: 'create', after: first }),
    change(undefined, { kind: 'move', before: first, after: taken }),
  ]
  const putBack = change(write('m1', 1), { before: taken, after: customer('u1', [], ids('u2', 'u1')) })
  const given = change(undefined, {
    kind: 'move',
    customerId: 'c2',
    after: customer('u3', [], ids('u3', 'u1')),
  })
  expect(found([user({})], [...changes, putBack])).toEqual([])
  expect(found([user({})], [...changes, given, putBack])).toEqual(['u1 took over the customer of u2'])
})

describe('an older identify', () => {
  const [newer, older] = [
    plannedIdentify(1, { name: 'New' }),
    plannedIdentify(2, { name: 'Old', phone: '+1' }),
  ]
  const old = { ...older, occurredAt: newer.occurredAt - 1_000 }
  const [empty, named] = [customer('u1', []), customer('u1', [], { name: 'New' })]
  const first = change(write('m1', 1), { before: empty, after: named })
  const then = (after: Attributes) =>
    found([newer, old], [first, change(write('m2', 2), { before: named, after })])

  test('fills what is empty', () => {
    expect(then(customer('u1', [], { name: 'New', phones: [{ phone: '+1' }] }))).toEqual([])
  })

  test('overwrites nothing', () => {
    const wrong = 'wrong values by an old one: name New became Old'
    expect(then(customer('u1', [], { name: 'Old' }))).toEqual([wrong])
    expect(then(customer('u1', [], { name: 'New' }))).toEqual([])
  })

  test('may overwrite where the table failed', () => {
    const made = write('m2', 2)
    const tableFailures = [{ of: 'people' as const, container: made.container, at: made.sentAt - 1_000 }]
    const after = customer('u1', [], { name: 'Old', phones: [{ phone: '+1' }] })
    const changes = [first, change(made, { before: named, after })]
    const calls = changes.flatMap(({ call: one }) => one ?? [])
    expect(whoseCustomer.find(evidenceOfEvents([newer, old], { calls, changes, tableFailures }))).toEqual([])
  })

  test('may overwrite where the newer one is not known to be delivered', () => {
    const lost = { ...write('m1', 1), isSuccess: false, status: 0, neededMs: Infinity }
    const changes = [change(lost, { before: empty, after: named })]
    const after = customer('u1', [], { name: 'Old', phones: [{ phone: '+1' }] })
    expect(found([newer, old], [...changes, change(write('m2', 2), { before: named, after })])).toEqual([])
  })

  test('merged into one write with the newer one fills too', () => {
    const merged = (name: string) =>
      found(
        [newer, old],
        [
          change(write('m1 m2', 3), {
            before: empty,
            after: customer('u1', [], { name, phones: [{ phone: '+1' }] }),
          }),
        ],
      )
    expect(merged('New')).toEqual([])
    expect(merged('Old')).toEqual(['wrong values by an old one: name undefined became Old'])
  })
})

describe('an address of another customer', () => {
  const other = change(undefined, { kind: 'create', customerId: 'c2', after: customer('u2', ['a@x']) })
  const identify = user({ emails: ['c@x', 'a@x'] })
  const then = (...more: CustomerChange[]) => found([identify], [other, ...more])

  test('may be left out, alone', () => {
    const [before, after] = [customer('u1', []), customer('u1', ['c@x'])]
    expect(then(change(write('m1', 1), { before, after }))).toEqual([])
    expect(then(change(write('m1', 1), { before, after: before }))).toEqual(['did not bring c@x'])
  })

  test('may be left out when it was another’s once', () => {
    const gone = change(undefined, {
      kind: 'remove',
      customerId: 'c2',
      before: other.after,
      after: undefined,
    })
    const [before, after] = [customer('u1', []), customer('u1', ['c@x'])]
    expect(then(gone, change(write('m1', 1), { before, after }))).toEqual([])
  })
})

describe('a create', () => {
  const identify = plannedIdentify(10, { emails: ['a@x'] }, { anonymousId: 'a1' })
  const made = call('m10', minute(10), { kind: 'create' })
  const create = (after: Attributes, ...before: CustomerChange[]) =>
    found([identify], [...before, change(made, { kind: 'create', customerId: 'c9', after })])

  test('claims the free anonymous id', () => {
    expect(create(customer('u1', ['a@x'], ids('u1', 'a1')))).toEqual([])
    expect(create(customer('u1', ['a@x']))).toEqual(['created without the free anonymous id a1'])
  })

  test('leaves an anonymous id to the user who has it', () => {
    const taken = change(undefined, {
      kind: 'create',
      customerId: 'c2',
      after: customer('u2', [], ids('u2', 'a1')),
    })
    expect(create(customer('u1', ['a@x']), taken)).toEqual([])
  })

  test('is needless where the address, or the anonymous id of a guest, leads to somebody', () => {
    const byEmail = change(undefined, { kind: 'create', customerId: 'c2', after: customer('u2', ['a@x']) })
    expect(create(customer('u1', [], ids('u1', 'a1')), byEmail)).toEqual([
      'created although the customer c2 has the address',
    ])
    const byDevice = change(undefined, { kind: 'create', customerId: 'c2', after: customer('a1', []) })
    expect(create(customer('u1', ['a@x']), byDevice)).toEqual([
      'created although the customer c2 has the anonymous id',
    ])
  })
})

test('a tracking event lands on a customer with its external id', () => {
  const track = plannedIdentify(1, {})
  const made = call('m1', minute(1))
  const on = (attributes: Attributes) => found([track], [change(made, { kind: 'record', after: attributes })])
  expect(on(customer('u1', []))).toEqual([])
  expect(on(customer('u2', []))).toEqual(['recorded on a customer without its external id'])
})
