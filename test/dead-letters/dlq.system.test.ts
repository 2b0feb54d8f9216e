import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { withDeadLetters } from '../../tools/dead-letters/scan.ts'
import { deadLetter, groupOf, sealedTrack, startMs, startRig } from './rig.ts'

describe('list', () => {
  test('shows one line per dead letter, oldest failure first, without personal data', async () => {
    const rig = await startRig()
    await rig.sendDeadLetter([
      deadLetter('ann', 2),
      deadLetter('bob', 1, { code: 'UNAVAILABLE', status: 503, eventName: 'Seen' }),
    ])
    const { code, out } = await rig.dlq('list', '--local')
    const lines = out.split('\n')
    expect(code).toBe(0)
    expect(lines[0]).toMatch(/^ *age {2}type {3}event +code +status {2}reason +id/)
    expect(lines[1]).toMatch(/track {2}Seen +UNAVAILABLE {2}503 +meta.n must be text {2}[0-9a-f]{8}$/)
    expect(lines[2]).toMatch(/track {2}Order Completed {2}REJECTED +400 /)
    expect(out).toContain('2 dead letters (1 UNAVAILABLE, 1 REJECTED)\n')
    expect(out).not.toContain('\x1b')
    expect(out).not.toMatch(/ann|bob/)
    expect(await rig.hidden()).toEqual([])
  })

  test('prints the same as JSON, and filters reduce it', async () => {
    const rig = await startRig()
    await rig.sendDeadLetter([
      deadLetter('ann', 1),
      deadLetter('ann', 2, { code: 'CONFLICT', status: 409 }),
      deadLetter('bob', 3),
    ])
    const ids = async (...args: string[]) =>
      (JSON.parse((await rig.dlq('list', '--local', '--json', ...args)).out) as { eventId: string }[]).map(
        one => one.eventId,
      )
    expect(await ids()).toEqual(['ann-1', 'ann-2', 'bob-3'])
    expect(await ids('--code', 'conflict')).toEqual(['ann-2'])
    expect(await ids('--limit', '2')).toEqual(['ann-1', 'ann-2'])
    expect(await ids('--since', '2026-11-23T09:01:02Z', '--until', '2026-11-23T09:01:02Z')).toEqual(['ann-2'])
    expect(await ids('--event', 'order completed', '--type', 'page')).toEqual([])
  })

  test('whose reader has enough of it holds no dead letter back', async () => {
    const rig = await startRig()
    await rig.sendDeadLetter(Array.from({ length: 200 }, (_, n) => deadLetter(`p${n}`, n)))
    // A pipe of the shell, which is full after 64 kB; that of a child process holds more.
    const list = `'${process.execPath}' '${resolve('tools/bin/dlq.ts')}' list --local --json | head -c 1`
    const { stdout, stderr } = await promisify(execFile)('sh', ['-c', list], { cwd: rig.home })
    expect(stdout).toBe('[')
    expect(stderr).not.toMatch(/EPIPE|^ +at /m)
    expect(await rig.hidden()).toEqual([])
  })

  test('prints no control character of an event', async () => {
    const rig = await startRig()
    const eventName = 'a\u009b2Jb\u202ec\nd'
    await rig.sendDeadLetter([deadLetter('ann', 1, { eventName, why: 'bad\u009d\ttext' })])
    const { out } = await rig.dlq('list', '--local')
    expect(out).toContain('a\\u009b2Jb\\u202ec\\u000ad')
    expect(out).toContain('bad\\u009d\\u0009text')
    expect(out.split('\n').join('')).not.toMatch(/\p{Cc}|\u202e/u)
  })
})

describe('show', () => {
  test('shows reason, event and current call, by the id of the list and by messageId', async () => {
    const rig = await startRig()
    await rig.sendDeadLetter([deadLetter('ann', 1), deadLetter('bob', 2)])
    const table = await rig.dlq('list', '--local')
    const id = /([0-9a-f]{8})$/m.exec(table.out)?.[1] ?? ''
    const { out } = await rig.dlq('show', id, '--local')
    expect(out).toMatch(/^reason +meta.n must be text$/m)
    expect(out).toContain('"email": "ann@x.io"')
    expect(out).toContain('"kind": "recordEvent"')
    const settings = join(rig.home, 'settings.json')
    await writeFile(settings, JSON.stringify({ stampEvents: true }))
    const other = await rig.dlq('show', 'bob-2', '--local', '--json', '--settings', settings)
    const described = JSON.parse(other.out)
    expect(described).toMatchObject({
      deadLetter: { code: 'REJECTED', eventId: 'bob-2' },
      event: { userId: 'bob' },
    })
    expect(JSON.stringify(described.call.event.meta)).toContain('bob-2')
  })

  test('reports an unknown id, and an event without a call', async () => {
    const rig = await startRig()
    await rig.sendDeadLetter([
      deadLetter('ann', 1, { body: '{"version":1,"id":"i","receivedAt":"","event":{"type":"track"}}' }),
    ])
    expect(await rig.dlq('show', 'ffff', '--local')).toMatchObject({ code: 2, out: '' })
    const { code, out } = await rig.dlq('show', 'ann-1', '--local')
    expect(code).toBe(0)
    expect(out).toContain('The current code makes no call from it:\n`userId` is missing')
    expect(await rig.hidden()).toEqual([])
  })
})

describe('replay', () => {
  test('sends the events of each person in order of arrival and in their group, and empties the dead-letter queue', async () => {
    const rig = await startRig()
    await rig.sendDeadLetter([
      deadLetter('ann', 3, { failedAtMs: startMs }),
      deadLetter('bob', 2),
      deadLetter('ann', 1),
    ])
    const { code, out, err } = await rig.dlq('replay', '--local', '--yes', '--rate', '1000')
    expect({ code, out, err }).toEqual({
      code: 0,
      out: 'read 3, replayed 3, not replayed 0, replayed but not deleted 0\n',
      err: '',
    })
    const waiting = await rig.waiting()
    const ofAnn = waiting.filter(one => one.messageGroupId === groupOf('ann'))
    expect(ofAnn.map(one => one.body)).toEqual([sealedTrack('ann', 1), sealedTrack('ann', 3)])
    expect(new Set(waiting.map(one => one.messageDeduplicationId)).size).toBe(3)
    expect(await rig.deadLetters()).toEqual([])
  })

  test('says how many dead letters another reader holds', async () => {
    const rig = await startRig()
    await rig.sendDeadLetter([deadLetter('ann', 1)])
    const err = await withDeadLetters(rig.queues, { waitSeconds: 0 }, async () => {
      return (
        (await rig.dlq('replay', '--local', '--yes')).err +
        (await rig.dlq('purge', '--local', '--yes', '--without-export')).err
      )
    })
    expect(err.match(/about 1 more could not be read/g)).toHaveLength(2)
  })

  test('changes nothing on a dry run', async () => {
    const rig = await startRig()
    await rig.sendDeadLetter([deadLetter('ann', 1), deadLetter('bob', 2, { body: 'none of ours' })])
    const { code, out } = await rig.dlq('replay', '--local', '--dry-run')
    expect(code).toBe(0)
    expect(out).toContain('read 2, would replay 1, would not replay 1')
    expect(out).toMatch(/would not replay, its body was not written by the relay: [0-9a-f]{8}$/m)
    expect([await rig.waiting(), await rig.hidden()]).toEqual([[], []])
    expect(await rig.deadLetters()).toHaveLength(2)
  })

  test('a dry run says what would fail again with the settings of the relay', async () => {
    const rig = await startRig()
    const serving = createServer((_, answer) => answer.end(JSON.stringify({ advancedTransform: false })))
    serving.listen(0, '127.0.0.1')
    await once(serving, 'listening')
    onTestFinished(() => void serving.close())
    rig.serveLocal(undefined, `http://127.0.0.1:${(serving.address() as AddressInfo).port}`)
    await rig.sendDeadLetter([
      deadLetter('ann', 1),
      deadLetter('bob', 2, { body: sealedTrack('bob', 2, 'order') }),
    ])
    const { out } = await rig.dlq('replay', '--local', '--dry-run')
    expect(out).toMatch(
      /^would fail again, Kustomer takes it only with `advancedTransform` on: [0-9a-f]{8} /m,
    )
    expect(out).toContain('would not replay 0, would fail again 2')
    const { wouldFailAgain } = JSON.parse((await rig.dlq('replay', '--local', '--dry-run', '--json')).out)
    expect(wouldFailAgain).toHaveLength(2)
  })

  test('keeps a dead letter that cannot be read, lists it, and ends with 1', async () => {
    const rig = await startRig()
    await rig.sendDeadLetter([deadLetter('ann', 1), deadLetter('bob', 2, { body: 'none of ours' })])
    const { code, out } = await rig.dlq('replay', '--local', '--yes', '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toEqual({
      read: 2,
      replayed: 1,
      notReplayed: 1,
      replayedButNotDeleted: 0,
      left: [{ id: expect.any(String), end: 'notReplayed', why: 'its body was not written by the relay' }],
    })
    expect((await rig.deadLetters()).map(one => one.body)).toEqual(['none of ours'])
    expect(await rig.hidden()).toEqual([])
  })

  test('on SIGTERM finishes the current dead letter, releases the others and prints the counts', async () => {
    const rig = await startRig()
    await rig.sendDeadLetter(Array.from({ length: 12 }, (_, i) => deadLetter(`p${i}`, i)))
    let sends = 0
    await rig.proxy(({ action }) => {
      if (action === 'SendMessage' && ++sends === 4) child.kill('SIGTERM')
      return 'pass'
    })
    const { child, ended } = rig.spawn('replay', '--local', '--yes', '--json', '--rate', '20')
    const { code, out } = await ended
    const counts = JSON.parse(out)
    expect(code).toBe(1)
    // A busy machine may deliver the signal one dead letter later. It must end early and count correctly.
    const { replayed, notReplayed } = counts
    expect(counts).toMatchObject({ read: 12, replayedButNotDeleted: 0 })
    expect([replayed >= 4 && replayed < 12, replayed + notReplayed]).toEqual([true, 12])
    expect([(await rig.waiting()).length, (await rig.deadLetters()).length]).toEqual([replayed, notReplayed])
    expect(await rig.hidden()).toEqual([])
  })
})

describe('purge', () => {
  test('permanently deletes what the filters select, and nothing else', async () => {
    const rig = await startRig()
    await rig.sendDeadLetter([
      ...Array.from({ length: 23 }, (_, i) => deadLetter('ann', i)),
      deadLetter('bob', 30, { code: 'CONFLICT' }),
    ])
    expect((await rig.dlq('purge', '--local', '--code', 'REJECTED', '--dry-run')).out).toContain(
      'read 24, would purge 23',
    )
    const { code, out } = await rig.dlq('purge', '--local', '--code', 'REJECTED', '--yes', '--without-export')
    expect([code, out]).toEqual([0, 'read 24, purged 23, not purged 0\n'])
    expect((await rig.deadLetters()).map(one => one.body)).toEqual([sealedTrack('bob', 30)])
    expect(await rig.waiting()).toEqual([])
  })

  test('lists what it could not delete and ends with 1', async () => {
    const rig = await startRig()
    await rig.sendDeadLetter([deadLetter('ann', 1)])
    await rig.proxy(({ action }) => (action === 'DeleteMessageBatch' ? 'refuse' : 'pass'))
    const { code, out } = await rig.dlq('purge', '--local', '--yes', '--without-export')
    expect([code, out]).toEqual([
      1,
      expect.stringMatching(
        /^not purged, AccessDenied: not for you: [0-9a-f]{8}\nread 1, purged 0, not purged 1\n/,
      ),
    ])
    expect(await rig.deadLetters()).toHaveLength(1)
  })
})

describe('the command line', () => {
  test('reports a relay that is no longer running', async () => {
    const rig = await startRig()
    rig.serveLocal('http://127.0.0.1:1')
    const { code, err } = await rig.dlq('list', '--local')
    expect([code, err]).toEqual([2, expect.stringContaining('is no longer running')])
  })

  test('finds the queues of a stack by its outputs', async () => {
    const rig = await startRig()
    await rig.sendDeadLetter([deadLetter('ann', 1)])
    const { queueUrl, deadLetterQueueUrl, endpoint, credentials } = rig.queues
    const cloud = createServer((incoming, outgoing) => {
      let asked = ''
      incoming.setEncoding('utf8').on('data', (text: string) => (asked += text))
      incoming.on('end', () => outgoing.end(asked.includes('StackName=relay-prod') ? stack : ''))
    })
    const output = (key: string, value: string) =>
      `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`
    const stack = `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>relay-prod</StackName><Outputs>${output('QueueUrl', queueUrl)}${output('DeadLetterQueueUrl', deadLetterQueueUrl)}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`
    await new Promise<void>(resolve => cloud.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void cloud.close())
    vi.stubEnv('AWS_REGION', 'us-east-1')
    vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId)
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey)
    vi.stubEnv('AWS_ENDPOINT_URL_SQS', endpoint)
    const { port } = cloud.address() as AddressInfo
    vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFORMATION', `http://127.0.0.1:${port}`)
    onTestFinished(() => void vi.unstubAllEnvs())
    const { code, out } = await rig.dlq('list', '--stack', 'relay-prod', '--json')
    expect([code, JSON.parse(out)]).toEqual([0, [expect.objectContaining({ eventId: 'ann-1' })]])
    const byUrls = ['list', '--queue-url', queueUrl, '--dlq-url', deadLetterQueueUrl, '--json']
    expect((await rig.dlq(...byUrls)).out).toContain('ann-1')
  })

  test('runs as a process and sets the exit code', async () => {
    const rig = await startRig()
    await rig.sendDeadLetter([deadLetter('ann', 1, { body: 'none of ours' })])
    const { code, out, err } = await rig.spawn('replay', '--local', '--yes').ended
    expect([code, err]).toEqual([1, ''])
    expect(out).toContain('read 1, replayed 0, not replayed 1')
  })
})
