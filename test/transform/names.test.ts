import { describe, expect, test } from 'vitest'
import { type RecordEvent, transform } from '../../lib/index.ts'

/** The result in `meta` for one property. */
function metaOf(key: string, value: unknown) {
  const properties = { [key]: value }
  const call = transform({ type: 'track', userId: 'u1', event: 'Ordered', properties })
  return (call as RecordEvent).event.meta
}

describe('a key is fitted to the kind of its value', () => {
  const date = '2020-02-02T00:23:09.544Z'
  test.each([
    ['income', 500, 'incomeNum'],
    ['income Num', 500, 'income-Num'],
    ['income-Num', 500, 'income-Num'],
    ['income_Num', 500, 'income_Num'],
    ['created', date, 'createdAt'],
    ['created At', date, 'created-At'],
    ['created-At', date, 'created-At'],
    ['Cart Name', 'x', 'Cart-Name'],
    ['CartName', 'x', 'CartName'],
    ['id', 'x', 'id_'],
    ['id', 5, 'id_Num'],
    ['accountNumber', 'x', 'accountnumber'],
    ['product_nameNum', 'UNO', 'product_namenum'],
    ['utm.source', 'x', 'utm-source'],
    ['$email', 'x', 'email'],
    ['Num', 5, 'NumNum'],
    ['At', date, 'At_At'],
    ['At', 'x', 'at_'],
    ['aNum', 5, 'a__Num'],
    ['abNum', 5, 'ab_Num'],
    ['createdAt', 5, 'createdAtNum'],
    ['countNum', date, 'countNumAt'],
    ['  a - b  ', 'x', 'a---b'],
    ['1st', 'x', 'p_1st'],
    ['_id', 'x', 'p__id'],
    ['-', 'x', 'p_-'],
    ['', 'x', 'property'],
    ['   ', 5, 'propertyNum'],
    ['…', 'x', 'p_d38c119b'],
    ['Größe', 'x', 'Gro-e'],
    ['é', 'x', 'e__'],
    ['ﬁeld', 'x', 'field'],
    ['a'.repeat(33), 'x', 'a'.repeat(33)],
    ['a'.repeat(34), 'x', 'a'.repeat(33)],
    ['a'.repeat(33), 5, `${'a'.repeat(33)}Num`],
    ['a'.repeat(34), 5, `${'a'.repeat(33)}Num`],
    [`${'a'.repeat(34)}Num`, 5, `${'a'.repeat(33)}Num`],
  ])('%j of %j is %s', (key, value, fitted) => {
    expect(metaOf(key, value)).toEqual({ [fitted]: value })
  })
})

describe('a name of a track is fitted', () => {
  test.each([
    ['Order Completed', 'Order-Completed'],
    ['OrderCompleted', 'OrderCompleted'],
    ['Order-Completed', 'Order-Completed'],
    ['  Order   Completed ', 'Order-Completed'],
    ['a - b', 'a---b'],
    ['Order: Paid/EU', 'Order-Paid-EU'],
    ['Café Visité', 'Cafe-Visite'],
    ['2nd step', 'Event-2nd-step'],
    ['v1.2_beta', 'v1.2_beta'],
    ['.hidden', 'Event-.hidden'],
    ['A', 'Event-A'],
    ['AB', 'AB'],
    ['-', 'Event--'],
    ['x'.repeat(255), 'x'.repeat(255)],
  ])('%j is %s, and nothing is lost', (event, name) => {
    expect((transform({ type: 'track', userId: 'u1', event }) as RecordEvent).event).toEqual({ name })
  })

  test.each([
    ['😀', 'Event-33a29608'],
    ['注文', 'Event-596729ab'],
    ['Order 注文', 'Order'],
    ['Straße', 'Stra-e'],
    ['x'.repeat(256), 'x'.repeat(255)],
    ['1'.repeat(255), `Event-${'1'.repeat(249)}`],
  ])('%j is %s, and eventName keeps it', (event, name) => {
    const sent = (transform({ type: 'track', userId: 'u1', event }) as RecordEvent).event
    expect(sent).toEqual({ name, meta: { eventName: event } })
  })
})
