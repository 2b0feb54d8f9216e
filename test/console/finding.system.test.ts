import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ChangeMessageVisibilityCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { groupIdOf } from '../../lib/queue/envelope.ts'
import { followSettingsFile } from '../../tools/local-relay/follow-settings-file.ts'
import { personSalt } from '../../tools/local-relay/function-environment.ts'
import { localClient } from '../../tools/local-relay/local-aws.ts'
import { describeWithProgram } from '../needed-program.ts'
import { quiet } from '../system/relay-harness.ts'
import { runInProcess } from '../terminal/in-process.ts'
import { whyNoBrowser } from './browser.ts'
import { type ConsoleSite, postRefused, startConsole } from './site.ts'

/** Longer than an external id may be: such an event is a dead letter. */
const long = 'l'.repeat(400)
const track = (userId: unknown, messageId: string, event: string, properties: object = {}) => ({
  ...{ type: 'track', userId, messageId, event, properties },
})

describeWithProgram(whyNoBrowser, 'finding events and dead letters in the console', () => {
  let site: ConsoleSite

  beforeAll(async () => {
    site = await startConsole()
    const { relay } = site
    const dead = Array.from({ length: 10 }, (_, i) => track(`dead-${i}`, `dead-${i}`, `Lost ${i % 2}`))
    await postRefused(site, dead)
    await relay.post([
      track('ada', 'msg-ada', 'Order Completed', { email: 'ada@example.com' }),
      track(4711, 'msg-number', 'Numbered'),
      track(long, 'msg-long', 'Lengthy'),
      { type: 'page', userId: 'bob', messageId: 'msg-page', name: 'Cart' },
    ])
    await quiet(relay.relay)
  }, 60_000)
  afterAll(() => site?.close())

  const view = () => site.page.getByRole('main')
  const go = (hash: string) => site.page.goto(`${site.relay.relay.url}/#/${hash}`)
  const rows = () => view().getByRole('list').getByRole('button', { expanded: false })
  const namesOf = async () =>
    (await rows().allTextContents()).map(text => /Order|Numb|Leng|Lost|page/.exec(text)?.[0])

  const unended = () =>
    rows()
      .filter({ hasNotText: /delivered|dead-lettered/ })
      .count()

  test('search finds by each kind of text, and an event of any user id is one row that ends', async () => {
    await go('flow')
    const searches: [text: string, names: string[]][] = [
      ['ada', ['Order']],
      ['ADA@example.com', ['Order']],
      ['4711', ['Numb']],
      ['47', ['Numb']],
      ['lengthy', ['Leng']],
      ['msg-page', ['page']],
      ['msg-', ['page', 'Leng', 'Numb', 'Order']],
      [groupIdOf('bob', personSalt).slice(0, 12), ['page']],
      ['nobody', []],
    ]
    for (const [text, names] of searches) {
      await view().getByLabel('Search').fill(text)
      await expect
        .poll(async () => (await namesOf()).sort(), { message: text, timeout: 15_000 })
        .toEqual(names.sort())
      await view().getByText('searching …').waitFor({ state: 'detached' })
      await expect.poll(unended, { timeout: 15_000 }).toBe(0)
    }
  })

  const addresses = [
    ['try?sample=1', 'Kustomer call'],
    ['try?event=msg-number', '"Numbered"'],
    ['try?sample=0&set=genericPage.on', 'The preview uses 1 other setting'],
    ['flow?q=msg-&type=page&open=msg-page', '1 event of the last'],
    ['flow?state=dead&q=dead-3&open=dead-3', 'Its dead letter'],
    ['dead?code=REJECTED&type=track&q=Lost+1', '5 of 11 dead letters'],
    ['dead?event=dead-3', 'What happened, and Kustomer’s answer'],
    ['person?id=dead-3', 'REJECTED'],
    [`person?group=${groupIdOf('ada', personSalt)}&open=msg-ada`, 'Copy messageId'],
    ['health', 'Limits in force'],
    ['kustomer', 'Simulate a failure'],
  ] as const

  test('each state has an address: it opens, and back and forward lead through all of them', async () => {
    const shown = async ([hash, text]: readonly [string, string]) => {
      await view().getByText(text).first().waitFor()
      expect(new URL(site.page.url()).hash).toBe(`#/${hash}`)
    }
    await site.page.goto('about:blank')
    for (const address of addresses) {
      await go(address[0])
      await shown(address)
      await site.page.reload()
      await shown(address)
    }
    for (const address of addresses.toReversed().slice(1)) {
      await site.page.goBack()
      await shown(address)
    }
    await site.page.goForward()
    await shown(addresses[1])
  })

  test('a dead letter that another reader holds appears by itself', async () => {
    const { sqsEndpoint, credentials, deadLetterQueueUrl: QueueUrl } = site.relay.relay
    const sqs = new SQSClient({ ...localClient(credentials, sqsEndpoint), useQueueUrlAsEndpoint: false })
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 3_600 }),
    )
    const [held] = Messages
    await go('dead')
    await view().getByText('Some are read by somebody else just now.').waitFor()
    expect(held).toBeDefined()
    const ReceiptHandle = held?.ReceiptHandle
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }))
    sqs.destroy()
    await view().getByText('11 of 11 dead letters').waitFor()
    await view().getByText('Some are read by somebody else').waitFor({ state: 'detached' })
  })

  test('the confirmation says how many and whose, and Cancel replays nothing', async () => {
    await go('dead')
    await view().getByLabel('Reason').selectOption('REJECTED')
    await view().getByRole('button', { name: 'Select all' }).click()
    await view().getByRole('button', { name: 'Replay 10 selected dead letters' }).click()
    const dialog = site.page.getByRole('dialog', { name: 'Replay 10 dead letters of 10 people?' })
    await expect.poll(() => dialog.getByRole('listitem').count()).toBe(9)
    await dialog.getByText('dead-0: 1 event').waitFor()
    await dialog.getByText('and 2 other people').waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await site.page.getByRole('dialog').waitFor({ state: 'hidden' })
    await view().getByLabel('Search').fill('Lost 1')
    await view().getByRole('button', { name: 'Replay 5 selected dead letters' }).waitFor()
    expect(await site.relay.deadLetters()).toHaveLength(11)
  })

  test('Try says that Kustomer would refuse a call, and what to do', async () => {
    await go('try?set=advancedTransform.off')
    await view()
      .getByRole('textbox', { name: 'Event' })
      .fill(JSON.stringify(track('u', 'm', 'A', { total: 5 })))
    await view().getByText('Kustomer would refuse this call.').waitFor()
    await view().getByText('total is a number').first().waitFor()
  })

  test('a change of SETTINGS_FILE is applied, shown in Try, and no difference', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'relay-settings-'))
    const file = join(folder, 'settings.json')
    const end = new AbortController()
    const follow = async (_: string[], io: Parameters<typeof followSettingsFile>[1]) => {
      followSettingsFile(site.relay.relay.settings, io)
      return 0
    }
    try {
      writeFileSync(file, '{}')
      await runInProcess(follow, [], { env: { SETTINGS_FILE: file }, interruption: end.signal })
      await go('try?sample=0&set=genericPage.on')
      await view().getByText('The preview uses 1 other setting').waitFor()
      writeFileSync(file, '{"genericPage":true}')
      await view().getByText('The preview uses 1 other setting').waitFor({ state: 'detached' })
      expect(await view().getByLabel('genericPage').isChecked()).toBe(true)
      await go('health')
      await expect.poll(() => view().textContent()).toContain('genericPageon')
    } finally {
      end.abort()
      rmSync(folder, { recursive: true })
    }
    expect(site.faults).toEqual([])
  })
})
