import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { main } from '../../tools/preview/main.ts'
import { runInProcess } from '../terminal/in-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'preview-'))
afterAll(() => rmSync(folder, { recursive: true }))

const track = { type: 'track', userId: 'u1', event: 'Order Completed', properties: { revenue: 20 } }
const call = {
  kind: 'recordEvent',
  identity: { externalId: 'u1' },
  event: { name: 'Order-Completed', meta: { revenueNum: 20 } },
}

/** Runs the command in the folder of the test. */
function preview(args: string[], input = '') {
  return runInProcess(main, args, { cwd: folder, input })
}

function file(name: string, content: string) {
  writeFileSync(join(folder, name), content)
  return name
}

function linesOf(out: string) {
  return out
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
}

test('an event becomes a readable call with its notes', async () => {
  const { code, out } = await preview([file('event.json', JSON.stringify(track, null, 2))])
  expect(code).toBe(0)
  expect(out).toContain('POST https://api.kustomerapp.com/v1/tracking/identityEvent')
  expect(out).toContain('"name": "Order-Completed"')
  expect(out).toMatch(/properties\.revenue +renamed +to revenueNum/)
})

test('an identify shows the look-ups of the customer, and a skipped event the reason', async () => {
  const identify = {
    type: 'identify',
    userId: 'a/b',
    traits: { email: 'a+b@c.de' },
    context: { externalId: [{ type: 'kustomerId', id: 'k1' }] },
  }
  const { code, out } = await preview(['-'], JSON.stringify([identify, { type: 'group' }]))
  expect(code).toBe(0)
  expect(out).toContain('PUT  https://api.kustomerapp.com/v1/customers/k1?replace=false   if it was deleted:')
  expect(out).toContain('GET  https://api.kustomerapp.com/v1/customers/externalId=a%2Fb')
  expect(out).toContain('GET  https://api.kustomerapp.com/v1/customers/email=a%2Bb%40c.de')
  expect(out).toContain('POST https://api.kustomerapp.com/v1/customers   or PUT to the customer found')
  expect(out).toContain('Event 2  – not delivered: only identify')
})

test('an array has a line for each event, in order, and exit code 1 if one has an error', async () => {
  const { code, out } = await preview(['-', '--json'], JSON.stringify([track, { type: 'track' }, 5]))
  expect(code).toBe(1)
  expect(linesOf(out)).toEqual([
    {
      call: {
        ...call,
        notes: expect.arrayContaining([expect.objectContaining({ path: 'properties.revenue' })]),
      },
    },
    { error: { code: 'MISSING_IDENTITY', message: expect.any(String), issues: expect.any(Array) } },
    {
      error: {
        code: 'NOT_AN_EVENT',
        message: expect.any(String),
        issues: [{ path: '', expected: 'an object', got: 'number' }],
      },
    },
  ])
})

test('a line of NDJSON that is not JSON is an error of that line only', async () => {
  const line = JSON.stringify(track)
  const { code, out } = await preview(['-', '--json'], `\uFEFF${line}\r\n\n{"type":\n${line}\n`)
  expect(code).toBe(1)
  const [first, second, third] = linesOf(out)
  expect(first).toMatchObject({ call })
  expect(second.error).toEqual({
    code: 'NOT_JSON',
    message: 'Line 3 is not JSON.',
    issues: [{ path: 'line 3', expected: 'JSON', got: 'other text' }],
  })
  expect(third).toMatchObject({ call })
})

test('an event of 1,000 levels has a call, one of 1,001 is too deep', async () => {
  const nested = (levels: number) =>
    `{"type":"track","userId":"u","event":"Deep","properties":{"a":${'['.repeat(levels - 2)}${']'.repeat(levels - 2)}}}`
  const { code, out } = await preview(['-', '--json'], `${nested(1_000)}\n${nested(1_001)}`)
  expect(code).toBe(1)
  expect(linesOf(out)).toMatchObject([{ call: { kind: 'recordEvent' } }, { error: { code: 'TOO_DEEP' } }])
})

test('a long list at a great depth is shown', async () => {
  const list = `${'['.repeat(900)}${'0,'.repeat(300_000)}0${']'.repeat(900)}`
  const event = `{"type":"track","userId":"u","event":"Long","properties":{"a":${list}}}`
  const settings = file('plain.json', '{"advancedTransform":false}')
  for (const more of [[], ['--json']]) {
    const { code, out } = await preview(['-', '--settings', settings, ...more], event)
    expect([code, out.includes('0,0,0')]).toEqual([0, true])
  }
})

test('settings change the call and the host', async () => {
  const settings = file(
    'eu.json',
    '\uFEFF{"baseEndpoint":"https://api.prod2.kustomerapp.com/","genericPage":true}',
  )
  const page = JSON.stringify({ type: 'page', userId: 'u1', name: 'Cart' })
  const { out } = await preview(['-', '--settings', settings], page)
  expect(out).toContain('https://api.prod2.kustomerapp.com/v1/tracking')
  expect(out).toContain('"name": "Web-Page-Viewed"')
})

test('text of a sender cannot move the cursor of the terminal', async () => {
  const { out } = await preview(
    ['-', '--json'],
    JSON.stringify({ ...track, userId: 'a\u001b[2J\u202e\u2028' }),
  )
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the test looks for control characters
  expect(out).not.toMatch(/[\u001b\u202e\u2028]/)
  expect(linesOf(out)[0].call.identity.externalId).toBe('a\u001b[2J\u202e\u2028')
})

test.each([
  ['no file', [], 'The events are missing'],
  ['an unknown option', ['-', '--jsn'], 'Did you mean --json?'],
  ['a file that is not there', ['nowhere.json'], 'nowhere.json cannot be read: no such file'],
  ['a folder', ['.'], '. cannot be read'],
  ['an empty input', ['-'], 'Standard input is empty'],
  ['settings that are not there', ['-', '--settings', 'nowhere.json'], 'nowhere.json cannot be read'],
])('%s is a clear message and exit code 2', async (_, args, says) => {
  const { code, out, err } = await preview(args)
  expect(err).toContain(says)
  expect(err).not.toMatch(/\n +at /)
  expect({ code, out }).toEqual({ code: 2, out: '' })
})

test.each([
  ['no JSON', '{', 'is not JSON'],
  [
    'an unknown setting',
    '{"genericpage":true}',
    'there is no setting "genericpage": did you mean genericPage?',
  ],
  ['a wrong kind', '{"genericPage":"yes"}', 'genericPage must be boolean, and it is "yes".'],
  [
    'a host without https',
    '{"baseEndpoint":"http://x.test"}',
    'baseEndpoint must be https URL of a host alone (http only on loopback), and it is "http://x.test".',
  ],
])('settings of %s are a clear message and exit code 2', async (_, content, says) => {
  const { code, err } = await preview(
    ['-', '--settings', file('settings.json', content)],
    JSON.stringify(track),
  )
  expect(err).toContain(says)
  expect(code).toBe(2)
})

test('--help shows examples and exit codes', async () => {
  const { code, out } = await preview(['--help'])
  expect(code).toBe(0)
  expect(out).toMatch(/Usage: npm run preview -- \[options\] \[file\][\s\S]*Examples:[\s\S]*Exit codes:/)
})

test('--diff shows what other settings would change, and nothing else', async () => {
  const [old, now] = [file('old.json', '{}'), file('new.json', '{"genericPage":true}')]
  const page = { type: 'page', userId: 'u1', name: 'Cart' }
  const { code, out } = await preview(['-', '--diff', old, now], JSON.stringify([page, track]))
  expect(code).toBe(0)
  expect(out).toContain('- event.name: "Web-Page-Viewed-Cart"\n+ event.name: "Web-Page-Viewed"')
  expect(out).toContain('Event 2  the same')
  const json = await preview(['-', '--json', '--diff', old, now], JSON.stringify([page, track]))
  expect(linesOf(json.out)).toEqual([
    [{ path: 'event.name', before: '"Web-Page-Viewed-Cart"', after: '"Web-Page-Viewed"' }],
    [],
  ])
})

test('--diff with one file, or together with --settings, is refused', async () => {
  const old = file('old.json', '{}')
  expect(await preview(['-', '--diff', old])).toMatchObject({
    code: 2,
    err: expect.stringContaining('--diff takes'),
  })
  const both = await preview(['-', '--settings', old, '--diff', old, old])
  expect(both.err).toContain('--diff takes')
})

test('--watch shows the call again when the file changes, until it is interrupted', async () => {
  const path = file('watched.json', JSON.stringify(track))
  const interruption = new AbortController()
  const { code, out, err } = await runInProcess(main, [path, '--json', '--watch'], {
    cwd: folder,
    interruption: interruption.signal,
    onOut(text) {
      if (text.includes('Order-Completed'))
        file('watched.json', JSON.stringify({ ...track, event: 'Order Changed' }))
      if (text.includes('Order-Changed')) interruption.abort()
    },
  })
  expect(linesOf(out)).toHaveLength(2)
  expect(err).toContain('watching watched.json')
  expect(code).toBe(0)
})

test('a mistake in an indented event is one error with its place, not one for each line', async () => {
  const input = '{\n  "type": "track",\n  "userId": "u",\n  "event": "A",\n}\n'
  const { code, out } = await preview(['-'], input)
  expect([code, out.match(/Event \d/g)]).toEqual([1, ['Event 1']])
  expect(out).toContain('Line 5, column 1 is not JSON.')
  const open = await preview(['-'], '[\n{"type":"track"},\n')
  expect(open.out).toMatch(/^Event 1 .*The end of the text is not JSON\.\n+$/)
  const lines = await preview(['-'], '{"type":"track","userId":"u","event":"A"}\n{oops\n')
  expect(lines.out).toContain('Line 2 is not JSON.')
})
