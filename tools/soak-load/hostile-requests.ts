import type { Random } from '../soak/random.ts'

/** What is attacked: the webhook with its secret, and the other services of a local relay, whose keys are unknown. */
export interface Attacked {
  relay: string
  services: string[]
  secret: string
}

/** A request as bytes. After `sent` bytes of the body it stops for `stallMs` and breaks the connection. */
export interface HostileRequest {
  name: string
  url: string
  head: string
  body: Buffer
  sent?: number
  stallMs?: number
}

/** Sizes of the bodies in bytes: API Gateway takes 10 MB. */
export interface BodySizes {
  large: number
  tooLarge: number
}

const shared = (length: number, unit: string) => Buffer.alloc(length, unit)

/** Creates a function that returns one of many kinds of wrong requests. The bodies are made once and shared. */
export function createHostileRequests({ relay, services, secret }: Attacked, sizes: BodySizes) {
  const blank = shared(sizes.tooLarge, ' ')
  const objects = shared(sizes.large, '{},')
  const lists = shared(100_000, '[],')
  const nested = shared(1_000_000, '[')
  const longId = Buffer.from(`{"type":"group","userId":"u","messageId":"${'m'.repeat(900_000)}"}`)
  const key = `authorization: Bearer ${secret}\r\n`
  const webhook = (name: string, body: Buffer, more: Partial<HostileRequest> & { lines?: string } = {}) => {
    const { lines = key, ...rest } = more
    return { name, url: relay, head: headOf('POST /v1/events', body, lines), body, ...rest }
  }
  const list = (inside: Buffer) => Buffer.concat([Buffer.from('['), inside.subarray(0, -1), Buffer.from(']')])
  const many = [
    webhook('large, wrong secret', objects, { lines: 'authorization: Bearer wrong\r\n' }),
    webhook('too large', blank),
    webhook('large, no JSON', objects),
    webhook('millions of events', list(objects)),
    webhook('nested', nested),
    webhook('small, no JSON', Buffer.from('{"type":')),
    webhook('not UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22])),
    webhook('long messageId', longId),
    webhook('broken off', objects, { sent: 400_000 }),
    webhook('stalls', objects, { sent: 300_000, stallMs: 500 }),
    webhook('stalls in the first byte', objects, { sent: 1, stallMs: 500 }),
    webhook('large header', Buffer.alloc(0), { lines: `x: ${'h'.repeat(100_000)}\r\n` }),
    { name: 'no HTTP', url: relay, head: '\x16\x03\x01 GET\r\n\r\n', body: Buffer.alloc(0) },
    other('of another site', `${relay}/local/preview`, objects, 'origin: https://evil.example\r\n'),
    other('of another host', `${relay}/local/send`, lists, '', 'evil.example'),
    ...services.flatMap(url => [
      other('service, no JSON', url, Buffer.from('{"')),
      other('service, lists', `${url}/v1/customers`, list(lists)),
      other('service, large', url, blank),
      { ...other('service, broken off', url, objects), sent: 50_000 },
    ]),
  ] as [HostileRequest, ...HostileRequest[]]
  return (random: Random): HostileRequest => random.pick(many)
}

function other(name: string, address: string, body: Buffer, lines = '', host = '127.0.0.1') {
  const { origin: url, pathname } = new URL(address)
  return { name, url, head: headOf(`POST ${pathname}`, body, lines, host), body }
}

function headOf(start: string, body: Buffer, lines: string, host = '127.0.0.1') {
  const type = 'content-type: application/json\r\n'
  return `${start} HTTP/1.1\r\nhost: ${host}\r\n${type}${lines}content-length: ${body.length}\r\n\r\n`
}
