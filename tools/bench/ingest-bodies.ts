import { queue, webhook } from '../../lib/policy.ts'

/** A body for the bench of ingest's memory: its name, its text and the expected status. */
export interface Body {
  name: string
  text(): string
  isBase64Encoded?: boolean
  status: 202 | 400 | 413
}

/** Characters of the largest body that reaches a function in one request (Lambda quotas: a payload of 6 MB). */
const most = 6_000_000
const person = '"type":"track","event":"Order Completed","userId":"u'

const filled = (unit: string, length: number) => unit.repeat(Math.floor(length / unit.length))
const list = (count: number, member: (index: number) => string) =>
  `[${Array.from({ length: count }, (_, index) => member(index)).join(',')}]`
const padded = (index: number, length: number) => `{${person}${index}","pad":"${'x'.repeat(length)}"}`

/** Returns an object of about `length` characters, with unique keys. */
function manyKeys(length: number): string {
  const keys = Array.from({ length: length / 10 }, (_, index) => `"${index.toString(36).padStart(5, 'k')}":0`)
  return `{${keys.join(',')}}`
}

/** Usual and hostile bodies, most of them as large as possible. */
export const bodies: Body[] = [
  { name: 'one event', text: () => padded(1, 1_000), status: 202 },
  { name: 'one of 1 MiB', text: () => padded(1, queue.maxMessageBytes - 8_192), status: 202 },
  { name: 'one of 6 MB', text: () => padded(1, most), status: 413 },
  { name: '500 of 12 kB', text: () => list(500, index => padded(index, 11_900)), status: 202 },
  {
    name: '500 without a person',
    text: () => list(500, () => `{"type":"track","pad":"${'x'.repeat(11_900)}"}`),
    status: 202,
  },
  { name: '500 small ones', text: () => list(500, index => padded(index, 100)), status: 202 },
  { name: 'two million objects', text: () => `[${filled('{},', most)}{}]`, status: 413 },
  { name: 'three million levels', text: () => `${'['.repeat(most / 2)}${']'.repeat(most / 2)}`, status: 202 },
  {
    name: 'five of 1 MiB of objects',
    text: () => list(5, index => `{${person}${index}","properties":{"a":[${filled('{},', 1_000_000)}{}]}}`),
    status: 202,
  },
  {
    name: 'five of 1 MiB of keys',
    text: () => list(5, index => `{${person}${index}","properties":${manyKeys(1_000_000)}}`),
    status: 202,
  },
  {
    name: 'five of 1 MiB, nested',
    text: () => list(5, () => `{"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}`),
    status: 202,
  },
  { name: 'six of 1 MB, no JSON', text: () => list(6, () => `{${'x'.repeat(990_000)}}`), status: 400 },
  {
    name: `${webhook.maxEvents} in base64`,
    text: () => Buffer.from(list(500, index => padded(index, 8_900))).toString('base64'),
    isBase64Encoded: true,
    status: 202,
  },
]
