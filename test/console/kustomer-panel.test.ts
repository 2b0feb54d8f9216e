import { expect, test } from 'vitest'
import { createKustomerPanel } from '../../tools/console/server/kustomer.ts'
import { kustomerInProcess } from '../kustomer-stand-in/in-process.ts'

const track = '/v1/tracking/identityEvent'

/** A stand-in whose clock stands, its panel, and a function that sends a request of the relay. */
function panelOf() {
  const clock = { ms: 1_000_000 }
  const { standIn, send } = kustomerInProcess({ now: () => clock.ms })
  const panel = createKustomerPanel(standIn)
  const active = () => panel.state('').active.map(({ label, howLong }) => `${label}: ${howLong}`)
  const post = (path: string, body: object) =>
    send(
      'POST',
      path,
      { authorization: 'Bearer local-key', 'content-type': 'application/json' },
      JSON.stringify(body),
    ).response?.status
  return { clock, standIn, panel, active, post }
}

test('each failure is active until it has applied, and says for how long', () => {
  const { panel, active, post } = panelOf()
  expect(active()).toEqual([])
  for (const name of ['errors', 'refuse', 'key']) expect(panel.fault(name)).toBe(true)
  expect(active()).toEqual([
    'Five 500s: for the next 5 requests',
    'Key wrong: until you press "All well again"',
    'Refuse an event: for the next tracking event',
  ])
  panel.fault('clear')
  expect(active()).toEqual([])
  panel.fault('errors')
  post(track, {})
  expect(active()).toEqual(['Five 500s: for the next 4 requests'])
  expect(panel.fault('no such failure')).toBe(false)
})

test('a throttle counts down, ends by itself, and ends at once when all is well again', () => {
  const { clock, panel, active, post } = panelOf()
  panel.fault('throttle')
  expect(active()).toEqual(['429 for 10 s: for 10 s from the next request on'])
  expect(post(track, {})).toBe(429)
  clock.ms += 4_000
  expect(active()).toEqual(['429 for 10 s: for 6 s more'])
  clock.ms += 6_000
  expect(active()).toEqual([])
  panel.fault('throttle')
  post(track, {})
  panel.fault('clear')
  expect([active(), post(track, {})]).toEqual([[], 400])
})

test('a failure that another program has set is active too', () => {
  const { standIn, active } = panelOf()
  standIn.fault({ times: Infinity, do: { kind: 'html', status: 502 } })
  expect(active()).toEqual(['A failure of another program: until it has applied'])
})

test('a request names its customer where that is known, and those of the doctor are marked', () => {
  const { panel, post } = panelOf()
  post('/v1/customers', { externalId: 'ada', name: 'Ada Lovelace' })
  post(track, { identity: { externalId: 'ada' }, event: { name: 'Order' } })
  post(track, {})
  expect(panel.state('').requests).toMatchObject([
    { status: 400, isProbe: true },
    { path: track, externalId: 'ada', name: 'Ada Lovelace', isProbe: false },
    { path: '/v1/customers', name: 'Ada Lovelace', isProbe: false },
  ])
})

test('a customer that a link names is shown, however many came later', () => {
  const { standIn, panel } = panelOf()
  const first = standIn.addCustomer({ name: 'First' })
  for (let n = 0; n < 100; n++) standIn.addCustomer({ name: `Later ${n}` })
  const names = (id: string) => panel.state(id).customers.map(({ attributes }) => attributes.name)
  expect(names('')).not.toContain('First')
  expect(names(first.id)).toContain('First')
})
