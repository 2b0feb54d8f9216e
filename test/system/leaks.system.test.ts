import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { main as dlq } from '../../tools/dlq/main.ts'
import { places, spellings, tokens } from '../kustomer/personal-data.ts'
import { runInProcess } from '../terminal/in-process.ts'
import { quiet, startTestRelay, type TestRelay } from './relay-harness.ts'

/** Statuses that dead-letter an event, and some that retry it. */
const statuses = [400, 422, 413, 400, 500, 409, 401, 403]
const key = 'zylphax-kustomer-key-77q'
/** Shorter texts are in other words by chance. */
const leastLength = 7

const shapes = Object.values(spellings).flatMap(spell =>
  Object.values(places).map(place => ({ spell, place })),
)
/** Each token in another spelling and place: 7 and 400 have no common divisor. */
const echoes = [...tokens, key].map((token, index) => {
  const { spell, place } = shapes[(index * 7) % shapes.length] ?? shapes[0] ?? expect.fail('no shapes')
  const text = spell(token)
  return { text, body: place(text) as object, status: statuses[index % statuses.length] ?? 400 }
})

const cwd = mkdtempSync(join(tmpdir(), 'relay-leaks-'))
const lines: string[] = []
let one: TestRelay

beforeAll(async () => {
  one = await startTestRelay({
    ...{ dataDir: join(cwd, '.relay'), kustomerApiKey: key, webhookSecret: 'zylphax-webhook-secret' },
    onLine: line => void lines.push(line),
  })
  for (const [index, { body, status }] of echoes.entries())
    one.standIn.fault({ when: { externalId: `L${index}` }, do: { kind: 'status', status, body } })
  const events = echoes.map((_, index) =>
    index % 3 === 0
      ? { type: 'identify', messageId: `e-${index}`, userId: `L${index}`, traits: { name: 'N' } }
      : { type: 'track', messageId: `e-${index}`, userId: `L${index}`, event: 'Leak' },
  )
  await one.post(events, 'zylphax-webhook-secret')
  await quiet(one.relay)
})
afterAll(async () => {
  await one.close()
  rmSync(cwd, { recursive: true, force: true })
})

/** The echoes that a text holds, as they were answered or in lower case. */
function leaksIn(text: string): string[] {
  const lower = text.toLowerCase()
  return [...echoes.map(echo => echo.text), key, 'zylphax-webhook-secret'].filter(
    echo => echo.length >= leastLength && lower.includes(echo.toLowerCase()),
  )
}

async function run(...args: string[]): Promise<string> {
  const { out, err } = await runInProcess(dlq, args, { cwd, isTerminal: args.includes('list') })
  return `${out}${err}`
}

const get = async (path: string) => (await fetch(one.relay.url + path)).text()

describe(`${echoes.length} answers that quote personal data and the key`, () => {
  test('are not in the attributes of dead letters', async () => {
    const letters = await one.deadLetters()
    expect(letters.length).toBeGreaterThan(25)
    expect(leaksIn(JSON.stringify(letters))).toEqual([])
  })

  test('are not in the logs and metrics of the functions, and not on the terminal', () => {
    const logs = readdirSync(join(cwd, '.relay')).filter(name => name.endsWith('.log'))
    const text = logs.map(name => readFileSync(join(cwd, '.relay', name), 'utf8')).join('\n')
    expect(text.split('\n').length).toBeGreaterThan(200)
    expect(text).toContain('"KustomerCalls"')
    expect(leaksIn(text)).toEqual([])
    expect(lines.length).toBeGreaterThan(60)
    expect(leaksIn(lines.join('\n'))).toEqual([])
  })

  test.each([
    ['list', '--local'],
    ['list', '--local', '--json'],
    ['replay', '--local', '--dry-run'],
    ['replay', '--local', '--dry-run', '--json'],
    ['purge', '--local', '--dry-run', '--json'],
  ])('are not in what `dlq %s %s %s` prints', async (...args) => {
    const text = await run(...args.filter(arg => arg !== undefined))
    expect(text).toContain('REJECTED')
    expect(leaksIn(text)).toEqual([])
  })

  test('are not in what `dlq show` prints, with --json and without', async () => {
    for (const { eventId = '' } of (await one.deadLetters()).slice(0, 8))
      for (const args of [
        ['show', eventId, '--local'],
        ['show', eventId, '--local', '--json'],
      ]) {
        const text = await run(...args)
        expect(text).toContain('REJECTED')
        expect(leaksIn(text)).toEqual([])
      }
  })

  test('are not in what the console shows of events and dead letters', async () => {
    const events = await get('/local/events')
    expect(events).toContain('Kustomer refused')
    const list = await get('/local/dead-letters')
    const [{ id }] = JSON.parse(list)
    for (const text of [events, list, await get(`/local/dead-letter?id=${id}`), await get('/local/status')])
      expect(leaksIn(text)).toEqual([])
  })

  test('would be found', () => {
    for (const { text } of echoes.filter(({ text }) => text.length >= leastLength))
      expect(leaksIn(`{"why":"${text.toUpperCase()}"}`)).toContain(text)
  })
})
