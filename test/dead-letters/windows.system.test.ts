import { SQSClient } from '@aws-sdk/client-sqs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../lib/runtime/clock.ts'
import { holdWhileBusy } from '../../tools/dead-letters/hold-while-busy.ts'
import type { Lease } from '../../tools/dead-letters/lease.ts'
import type { Queues } from '../../tools/dead-letters/queues.ts'
import { renewingClient } from '../../tools/dead-letters/renewing-client.ts'
import { replayWindows, type WindowsOptions } from '../../tools/dead-letters/replay-windows.ts'
import { type Scan, withScan } from '../../tools/dead-letters/scan.ts'
import { localClient } from '../../tools/local-relay/local-aws.ts'
import { deadLetter, startRig } from './rig.ts'

/** Replays the queue with the options, in small windows. */
const run = (queues: Queues, options: Partial<WindowsOptions> = {}, change = (scan: Scan) => scan) =>
  withScan(queues, { waitSeconds: 0 }, scan =>
    replayWindows(change(scan), {
      ...{ filter: {}, perSecond: 1e6, mayStart: async () => true },
      ...options,
    }),
  )

/** Reads at most about ten dead letters at once, so that there are several windows. */
const inSmallWindows = (scan: Scan): Scan => ({
  ...scan,
  get isAtEnd() {
    return scan.isAtEnd
  },
  next: ({ bytes }, isWanted) => scan.next({ count: 1, bytes }, isWanted),
})

describe('a replay of a queue in windows', () => {
  test('sends each dead letter once, and leaves those that the filter does not select', async () => {
    const rig = await startRig()
    const letters = Array.from({ length: 90 }, (_, i) =>
      deadLetter(`p${i}`, i, { code: i % 3 === 0 ? 'CONFLICT' : 'REJECTED' }),
    )
    await rig.sendDeadLetter(letters)
    const starts: boolean[] = []
    const options: Partial<WindowsOptions> = {
      filter: { codes: ['REJECTED'] },
      mayStart: async ({ isLast }) => starts.push(isLast) > 0,
    }
    expect(await run(rig.queues, options, inSmallWindows)).toMatchObject({ replayed: 60, notReplayed: [] })
    expect(starts).toEqual([false])
    expect(new Set((await rig.waiting()).map(one => one.body)).size).toBe(60)
    expect([(await rig.deadLetters()).length, await rig.hidden()]).toEqual([30, []])
  })

  test('ends a window when its bodies are large', async () => {
    const rig = await startRig()
    await rig.sendDeadLetter(Array.from({ length: 90 }, (_, i) => deadLetter(`p${i}`, i)))
    await withScan(rig.queues, { waitSeconds: 0 }, async scan => {
      const found = await scan.next({ count: Infinity, bytes: 1 })
      expect(found.length).toBeLessThanOrEqual(40)
      expect([found.length > 0, scan.isAtEnd]).toEqual([true, false])
    })
  })

  test('sends at most as many as the limit, over all windows', async () => {
    const rig = await startRig()
    await rig.sendDeadLetter(Array.from({ length: 60 }, (_, i) => deadLetter(`p${i}`, i)))
    expect(await run(rig.queues, { limit: 45 }, inSmallWindows)).toMatchObject({ replayed: 45 })
    expect([(await rig.waiting()).length, (await rig.deadLetters()).length]).toEqual([45, 15])
  })

  test.each([
    ['an early window', inSmallWindows],
    ['the last window', (scan: Scan) => ({ ...scan, isAtEnd: true })],
  ])(
    'reads and sends again what it lost the lease of in %s, with the later events of that person',
    async (_, windows) => {
      const rig = await startRig()
      const letters = Array.from({ length: 12 }, (_, i) => deadLetter(i % 2 ? 'ann' : 'bob', i))
      await rig.sendDeadLetter(letters)
      const lost = new Set<string>()
      const change = (scan: Scan): Scan => {
        const secure: Lease['secure'] = async id => {
          const isFirst = lost.size < 1 && !lost.has(id) && lost.add(id)
          return isFirst ? undefined : scan.lease.secure(id)
        }
        return { ...windows(scan), lease: { ...scan.lease, secure } }
      }
      expect(await run(rig.queues, {}, change)).toMatchObject({
        replayed: 12,
        notReplayed: [],
        notDeleted: [],
      })
      const ofAnn = (await rig.waiting())
        .map(one => JSON.parse(one.body).id)
        .filter(id => id.startsWith('ann'))
      expect(ofAnn).toEqual(['ann-1', 'ann-3', 'ann-5', 'ann-7', 'ann-9', 'ann-11'])
      expect(lost.size).toBe(1)
    },
  )

  test('reports what it loses again and again, instead of trying for ever', async () => {
    const rig = await startRig()
    await rig.sendDeadLetter([deadLetter('ann', 1), deadLetter('bob', 2)])
    const change = (scan: Scan) => ({ ...scan, lease: { ...scan.lease, secure: async () => undefined } })
    const report = await run(rig.queues, {}, change)
    expect(report?.notReplayed.map(({ why }) => why)).toEqual(Array(2).fill('its lease could not be renewed'))
    expect([(await rig.deadLetters()).length, await rig.hidden()]).toEqual([2, []])
  })

  test('goes on where it was when expired credentials are renewed', async () => {
    const rig = await startRig()
    await rig.sendDeadLetter(Array.from({ length: 30 }, (_, i) => deadLetter(`p${i}`, i)))
    let [sends, refused] = [0, 0]
    const proxy = await rig.proxy(({ action }) => {
      if (action === 'SendMessage') sends++
      if (sends < 10 || refused >= 25) return 'pass'
      refused++
      return 'expired'
    })
    const said: string[] = []
    const create = () =>
      new SQSClient({
        ...localClient(rig.queues.credentials, proxy.url),
        useQueueUrlAsEndpoint: false,
        maxAttempts: 1,
      })
    const sqs = renewingClient(create, {
      onExpired: () => void said.push('expired'),
      onRenewed: () => void said.push('renewed'),
      signal: new AbortController().signal,
      clock: { ...systemClock, sleep: async () => undefined },
    })
    onTestFinished(() => sqs.destroy())
    const report = await run({ ...rig.queues, sqs })
    const whys = [...(report?.notReplayed ?? []), ...(report?.notDeleted ?? [])].map(({ why }) => why)
    expect([report?.replayed, whys]).toEqual([30, []])
    expect([(await rig.waiting()).length, await rig.deadLetters()]).toEqual([30, []])
    expect(said.slice(0, 2)).toEqual(['expired', 'renewed'])
    expect(refused).toBe(25)
  })
})

test('a replay waits while many events are in the queue, and goes on when there are few', async () => {
  const waiting = ['900', '300', '150']
  const held: number[] = []
  let now = 0
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms
    },
  }
  const counts = { send: async () => ({ Attributes: { ApproximateNumberOfMessages: waiting.shift() } }) }
  const sqs = { ...counts, destroy: () => undefined } as unknown as Queues['sqs']
  const onHold = (count: number) => void held.push(count)
  const signal = new AbortController().signal
  const hold = holdWhileBusy({ sqs, queueUrl: 'q' }, { signal, onHold, clock })
  await Promise.all([hold(), hold()])
  expect([held, waiting, now]).toEqual([[900, 300, 0], [], 10_000])
  await hold()
  expect(held).toHaveLength(3)
})
