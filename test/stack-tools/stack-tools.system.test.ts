import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { rememberDelivered } from '../../lib/people/delivered.ts'
import { hashOf } from '../../lib/people/hash-of.ts'
import { emptyPerson } from '../../lib/people/person.ts'
import { groupIdOf } from '../../lib/queue/envelope.ts'
import { sendDeadLetter } from '../../lib/queue/sqs.ts'
import { parseRecord } from '../../lib/worker/parse-record.ts'
import { readStack } from '../../tools/dead-letters/read-stack.ts'
import { openRelay } from '../../tools/dead-letters/targets.ts'
import { main as dlq } from '../../tools/dlq/main.ts'
import { examineSubscriptions } from '../../tools/doctor/stack.ts'
import { main as secrets } from '../../tools/secrets/main.ts'
import { deadLetter, sealedTrack } from '../dead-letters/rig.ts'
import { describeWithProgram } from '../needed-program.ts'
import { type Moto, whyNoMoto } from '../system/faults/moto-server.ts'
import { runInProcess } from '../terminal/in-process.ts'
import { sqsRecord } from '../worker/records.ts'
import { startStackOnMoto } from './stack-on-moto.ts'

describeWithProgram(whyNoMoto(), 'the tools on a deployed stack', () => {
  let moto: Moto
  let home: string
  beforeAll(async () => {
    moto = await startStackOnMoto()
    home = mkdtempSync(`${tmpdir()}/stack-`)
  })
  afterAll(() => {
    moto.kill()
    rmSync(home, { recursive: true })
    vi.unstubAllEnvs()
  })

  const run = (...args: string[]) => runInProcess(dlq, [...args, '--stack', 'relay-test'], { cwd: home })

  async function kill(...people: string[]) {
    const url = (await readStack('relay-test')).output('DeadLetterQueueUrl') ?? ''
    const sqs = new SQSClient({ useQueueUrlAsEndpoint: false })
    for (const [n, person] of people.entries())
      await sendDeadLetter(sqs, url, deadLetter(person, n), `${person}-${n}`)
  }

  /** Notes the delivery of a person's event as the worker does. */
  async function deliver(person: string, n: number) {
    const { people, close } = await openRelay({ stack: 'relay-test' }, { cwd: home, env: {} })
    if (!people) throw new Error('the stack has a table')
    const record = sqsRecord('x', {}, { body: sealedTrack(person, n) })
    const { deliveryId = '' } = parseRecord(record, () => ({ kind: 'skip', why: '' }))
    const known = emptyPerson()
    rememberDelivered(known, hashOf(people.salt, deliveryId), Date.now())
    // The rig's dead letters have the group of another salt.
    await people.store.save(groupIdOf(person, 'the salt of the stack'), known, 0)
    close()
  }

  test('show uses the settings of the stack, and replay reads the ends from its table', async () => {
    await kill('ann', 'bob')
    const shown = await run('show', 'ann-0', '--json')
    expect(JSON.parse(shown.out).call.event.meta).toMatchObject({ messageId: 'ann-0' })
    await deliver('ann', 0)
    const { code, out } = await run('replay', '--yes', '--wait', '1s', '--rate', '100')
    expect(out).toMatch(/still waiting, it is in the queue: [0-9a-f]{8}\n/)
    expect(out).toMatch(/replayed 2, .*delivered 1, dead again 0, still waiting 1\n$/)
    expect(code).toBe(3)
  })

  test('each action has its lines in the audit log: who, which filter, how many, and no personal data', async () => {
    await kill('cy')
    expect((await run('export', 'copy.ndjson', '--person', 'cy')).code).toBe(0)
    expect((await run('purge', '--yes', '--without-export', '--code', 'REJECTED')).code).toBe(0)
    expect((await run('import', 'copy.ndjson')).code).toBe(0)
    expect((await run('erase', 'cy', '--yes')).code).toBe(0)
    const logs = new CloudWatchLogsClient({})
    const { events = [] } = await logs.send(
      new FilterLogEventsCommand({ logGroupName: '/kustomer-relay/test/audit' }),
    )
    const lines = events.map(({ message = '' }) => JSON.parse(message))
    const { id } = await readStack('relay-test')
    const persons = [groupIdOf('cy', id)]
    expect(lines.map(({ who, ...line }) => line)).toEqual([
      { action: 'replay', state: 'begun', filter: {} },
      {
        action: 'replay',
        state: 'ended',
        filter: {},
        counts: { replayed: 2, notReplayed: 0, notDeleted: 0 },
      },
      { action: 'export', state: 'ended', filter: { persons }, counts: { exported: 1 } },
      { action: 'purge', state: 'begun', filter: { codes: ['REJECTED'] } },
      {
        action: 'purge',
        state: 'ended',
        filter: { codes: ['REJECTED'] },
        counts: { purged: 1, notPurged: 0 },
      },
      { action: 'import', state: 'ended', counts: { imported: 1, badLines: 0 } },
      {
        action: 'erase',
        state: 'ended',
        filter: { persons },
        counts: { erasedDeadLetters: 1, notErased: 0, erasedRecords: 0 },
      },
    ])
    for (const { who } of lines) expect(who).toMatch(/^arn:aws:sts::/)
  })

  test('a replay whose audit line cannot be written says so and goes on', async () => {
    await kill('di')
    vi.stubEnv('AWS_ENDPOINT_URL_CLOUDWATCH_LOGS', 'http://127.0.0.1:1')
    const { code, err } = await run('purge', '--yes', '--without-export')
    vi.stubEnv('AWS_ENDPOINT_URL_CLOUDWATCH_LOGS', undefined)
    expect([code, err]).toEqual([0, expect.stringContaining('No audit line could be written: ')])
  })

  test('a stack that is not there is one clear sentence', async () => {
    const { code, err } = await runInProcess(dlq, ['list', '--stack', 'relay-tset'], { cwd: home })
    expect(code).toBe(2)
    expect(err).toMatch(/^error: .*relay-tset does not exist in this account and region/)
  })

  test('the webhook secret is set from standard input, and after a leak the value before is ended', async () => {
    const client = new SecretsManagerClient({})
    const value = async (VersionStage: string) =>
      (await client.send(new GetSecretValueCommand({ SecretId: 'relay/webhook', VersionStage }))).SecretString
    const set = (...args: string[]) =>
      runInProcess(secrets, ['webhook', '--stack', 'relay-test', ...args], {
        input: 'the-second-secret-value',
      })
    expect(await set()).toMatchObject({ code: 2, err: expect.stringMatching(/was set only \d+ s ago/) })
    expect((await set('--yes')).code).toBe(0)
    expect([await value('AWSCURRENT'), await value('AWSPREVIOUS')]).toEqual([
      'the-second-secret-value',
      'first',
    ])
    expect((await set('--forget-previous', '--yes')).code).toBe(0)
    expect([await value('AWSCURRENT'), await value('AWSPREVIOUS')]).toEqual(
      Array(2).fill('the-second-secret-value'),
    )
  })

  test('alarms without a subscriber are a fault', async () => {
    const alarmTopicArn = (await readStack('relay-test')).output('AlarmTopicArn') ?? ''
    const examine = () => examineSubscriptions({ alarmTopicArn })
    expect(await examine()).toMatchObject({
      state: 'fault',
      message: expect.stringContaining('no subscription'),
    })
    const Endpoint = 'https://pager.example/alarms'
    await new SNSClient({}).send(
      new SubscribeCommand({ TopicArn: alarmTopicArn, Protocol: 'https', Endpoint }),
    )
    expect(await examine()).toMatchObject({ state: 'fine', message: '1 confirmed' })
  })
})
