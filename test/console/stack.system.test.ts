import { SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { groupIdOf, sealEnvelope } from '../../lib/queue/envelope.ts'
import { enqueue } from '../../lib/queue/sqs.ts'
import type { Found, Setup } from '../../tools/console/server/shapes.ts'
import { main } from '../../tools/console/stack/main.ts'
import { describeWithProgram } from '../needed-program.ts'
import { type Moto, startMoto, whyNoMoto } from '../system/faults/moto-server.ts'
import { until } from '../system/relay-harness.ts'
import { type Ended, runInProcess } from '../terminal/in-process.ts'
import { expectAccessible } from './axe.ts'
import { shoot, startBrowser, type TestBrowser, whyNoBrowser } from './browser.ts'
import { createRelayOnMoto, queueUrl, stackName } from './relay-on-moto.ts'
import { type Steps, stepsOn } from './steps.ts'
import { startWorkerOnMoto } from './worker-on-moto.ts'

describeWithProgram(whyNoBrowser ?? whyNoMoto(), 'the console of a deployed stack', () => {
  let moto: Moto
  let salt: string
  let browser: TestBrowser
  let steps: Steps
  const running: { url: string; end(): Promise<Ended> }[] = []

  /** Runs `npm run console` until the test ends. */
  const start = async (...options: string[]) => {
    const interruption = new AbortController()
    let out = ''
    const ended = runInProcess(main, ['--stack', stackName, '--port', '0', ...options], {
      interruption: interruption.signal,
      onOut: text => {
        out += text
      },
    })
    const url = () => /http:\S+/.exec(out)?.[0] ?? ''
    await until(() => url() !== '', 'the console')
    const console = {
      url: url(),
      end() {
        interruption.abort()
        return ended
      },
    }
    running.push(console)
    return console.url
  }

  /** Puts an event of bob on the queue, as ingest does. */
  const sendEvent = async (event: object) => {
    const id = 'poison-bob'
    const body = sealEnvelope({ version: 1, id, receivedAt: new Date().toISOString(), event })
    const sqs = new SQSClient({ useQueueUrlAsEndpoint: false })
    const groupId = groupIdOf('bob', salt)
    await enqueue(sqs, queueUrl('events'), [{ body, groupId, deduplicationId: id }])
  }

  beforeAll(async () => {
    moto = await startMoto()
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: moto.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    })
    salt = await createRelayOnMoto()
    browser = await startBrowser()
    steps = stepsOn(browser.page)
    await browser.page.goto(`${await start()}#/flow`)
    await browser.page.locator('#link').getByText('live').waitFor()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    for (const console of running) expect((await console.end()).code).toBe(0)
    moto?.kill()
  })

  test('Flow shows the numbers of CloudWatch, and one event’s life from the log', async () => {
    await steps.view().locator('[data-stage=Received] strong', { hasText: '12' }).waitFor()
    await steps.view().locator('[data-stage=Dead-lettered] strong', { hasText: '1' }).waitFor()
    await steps.view().getByLabel('Search').fill('event-2')
    await steps.openRow('dead-lettered')
    await steps.view().getByText('attempt 1: unavailable · time-out · 1 call in 15000 ms · next').waitFor()
    await steps.view().getByText('attempt 2: rejected · 400 · REJECTED').waitFor()
    await shoot(browser.page, 'stack-flow')
    await steps.view().getByLabel('Search').fill('ada')
    await steps.view().getByText('2 events of the 2 found so far').waitFor()
    expect(browser.faults).toEqual([])
  })

  test('Person shows the record, the dead letters and the events of a user id', async () => {
    await steps.open('Person')
    await steps.view().getByLabel('User id').fill('ada')
    await steps.view().getByText('0123456789abcdef01234567').waitFor()
    await steps.view().getByText(groupIdOf('ada', salt)).waitFor()
    await steps.view().getByText('1 dead letter').waitFor()
    await steps.view().locator('.row', { hasText: 'identify' }).waitFor()
    await shoot(browser.page, 'stack-person')
  })

  test('Health shows the alarms with what to do, the limits and the settings in force', async () => {
    await steps.open('Health')
    await steps.view().getByText('1 alarm firing').waitFor()
    await steps.view().getByText('Read the dead letters and replay them.').waitFor()
    await steps.view().getByText('2,000 requests a minute').waitFor()
    await steps.view().getByText('They are in cdk.json; deploy to change them.').waitFor()
    await steps
      .view()
      .locator('tr', { hasText: /^genericPage *on$/ })
      .waitFor()
    await steps.press('Examine')
    await steps.view().getByText('Webhook secret').waitFor()
    await shoot(browser.page, 'stack-health')
  })

  test.each([
    ['try?sample=1', 'POST'],
    ['flow?q=event-2', 'attempt 2: rejected'],
    ['dead?event=event-2', 'read-only'],
    ['person?id=ada', '0123456789abcdef01234567'],
    ['health', 'Webhook secret'],
  ])('axe finds nothing in #/%s', async (hash, text) => {
    const { page } = browser
    await page.goto(`${running[0]?.url}#/${hash}`)
    if (hash.startsWith('flow')) await steps.openRow('dead-lettered')
    if (hash === 'health') await steps.press('Examine')
    await steps.view().getByText(text).first().waitFor()
    await expectAccessible(page)
  })

  test('it is read-only: there is no Send and no replay, whoever asks', async () => {
    const url = running[0]?.url ?? ''
    expect(await (await fetch(`${url}local/setup`)).json()).toMatchObject({
      may: { send: false, replay: false, retry: false, applySettings: false },
    } satisfies { may: Setup['may'] })
    await steps.open('Dead letters')
    await steps.openRow('Order Completed')
    await steps.view().getByText('read-only').waitFor()
    expect(await steps.view().getByRole('button', { name: 'Replay' }).count()).toBe(0)
    const post = (path: string) =>
      fetch(`${url}local/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"ids":["x"],"name":"x"}',
      })
    const statuses = await Promise.all(
      ['replay', 'send', 'fault', 'settings'].map(async path => (await post(path)).status),
    )
    expect(statuses).toEqual([403, 404, 404, 404])
  })

  test('a poison event is found, understood, replayed after a deployment, and seen delivered', async () => {
    const worker = await startWorkerOnMoto(salt, { advancedTransform: false })
    try {
      await sendEvent({ type: 'track', userId: 'bob', event: 'Order Completed', properties: { total: 12.5 } })
      const url = await start('--allow-replay')
      const rows = async () => {
        const headers = { 'content-type': 'application/json' }
        const body = JSON.stringify({ text: 'poison-bob' })
        const answer = await fetch(`${url}local/find`, { method: 'POST', headers, body })
        return ((await answer.json()) as Found).rows
      }
      await until(
        async () => (await rows()).some(({ state }) => state === 'dead'),
        'the event in the log',
        15,
      )
      await browser.page.goto(`${url}#/flow?q=poison-bob`)
      await steps.openRow('dead-lettered')
      await steps.view().getByRole('link', { name: 'Its dead letter' }).click()
      await steps.view().getByRole('region', { name: 'Event' }).getByText('12.5').waitFor()
      await steps.view().locator('.row', { hasText: 'bob' }).getByText('would be refused again').waitFor()
      await worker.deploy({ SETTINGS: '{}' })
      await browser.page.reload()
      await steps.view().locator('.row', { hasText: 'bob' }).getByText('should be accepted now').waitFor()
      await steps.press('Replay')
      await steps.confirm('bob: 1 event')
      const report = steps.view().getByRole('region', { name: 'Replay' })
      await report.getByText('1 dead letter: 1 delivered').waitFor()
      await report.getByRole('link', { name: 'What happened' }).click()
      await steps.view().locator('.timeline b.done').waitFor()
      await steps.view().getByText('attempt 2, after a replay: delivered').waitFor()
      await shoot(browser.page, 'stack-delivered')
      expect(worker.standIn.events().map(({ event }) => event.meta)).toEqual([{ totalNum: 12.5 }])
    } finally {
      await worker.stop()
    }
  })

  test('a stack that does not exist is one clear sentence', async () => {
    const { code, err } = await runInProcess(main, ['--stack', 'no-such-stack'])
    expect([code, err.trim().split('\n').length]).toEqual([2, 1])
    expect(err).toContain('no-such-stack')
  })
})
