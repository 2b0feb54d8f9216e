import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { webShopEvents } from '../../tools/samples/samples.ts'
import { describeWithProgram } from '../needed-program.ts'
import { quiet, until } from '../system/relay-harness.ts'
import { shoot, whyNoBrowser } from './browser.ts'
import { type ConsoleSite, startConsole } from './site.ts'
import type { Steps } from './steps.ts'

describeWithProgram(whyNoBrowser, 'the console in a browser', () => {
  let site: ConsoleSite
  let steps: Steps

  beforeAll(async () => {
    site = await startConsole()
    steps = site.steps
  }, 60_000)
  afterEach(async () => {
    await steps.open('Try')
    expect(site.faults).toEqual([])
  })
  afterAll(() => site?.close())

  test('Send delivers an event, and Flow finds its trace by person', async () => {
    await steps.send(
      { type: 'track', userId: 'flow-1', event: 'Order Completed', properties: { total: 3 } },
      'flow-1',
    )
    await steps.ended('delivered')
    expect(site.relay.standIn.events().map(({ identity }) => identity.externalId)).toContain('flow-1')
    await steps.open('Flow')
    await steps.panel().getByLabel('Person').fill('flow-1')
    await steps.panel().getByText('1 event of the last').waitFor()
    await steps.panel().locator('.trace summary').click()
    await steps.panel().locator('.timeline', { hasText: 'POST /v1/tracking/identityEvent' }).waitFor()
    await steps.panel().locator('[data-stage=Delivered]:not(.zero)').waitFor()
    await steps.panel().getByLabel('Person').fill('')
  })

  test('a refused event is a dead letter with its reason, and its replay delivers it', async () => {
    await steps.open('Kustomer')
    await steps.press('Refuse an event')
    await steps.send({ type: 'track', userId: 'dead-1', event: 'Poison' }, 'dead-1')
    await steps.ended('dead')
    await steps.open('Dead')
    await steps.panel().locator('.dead-letter summary', { hasText: 'Poison' }).click()
    await steps.panel().locator('.code', { hasText: 'REJECTED' }).waitFor()
    await steps.panel().getByRole('region', { name: 'Current call' }).getByText('"dead-1"').waitFor()
    await shoot(site.page, 'dead')
    await steps
      .panel()
      .getByRole('checkbox', { name: /^Select track Poison/ })
      .check()
    await steps.press('Replay 1 selected dead letter')
    await steps.panel().getByText('1 replayed').waitFor()
    await until(
      () => site.relay.standIn.events().some(({ identity }) => identity.externalId === 'dead-1'),
      'it',
    )
    await steps.panel().getByText('No dead letters.').waitFor()
  })

  test('an event waits while the key is wrong, and is delivered when the key is right again', async () => {
    await steps.open('Kustomer')
    await steps.press('Key wrong')
    await steps.panel().getByText('The key is wrong').waitFor()
    await steps.send({ type: 'identify', userId: 'ridden-1', traits: { name: 'Rider' } }, 'ridden-1')
    await steps.ended('retrying')
    await steps.open('Kustomer')
    await steps.press('All well again')
    await steps.open('Try')
    await steps.ended('delivered')
    await steps.open('Kustomer')
    await steps.panel().locator('.customer summary', { hasText: 'Rider' }).click()
    await steps.panel().getByLabel('Person').fill('ridden-1')
    await steps.press('Show the record')
    await steps.panel().getByText('1 event remembered').waitFor()
    await shoot(site.page, 'kustomer')
  })

  test('a script in the strings of an event is shown in every view and never run', async () => {
    const script = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
    const event = { type: 'track', userId: script, event: script, properties: { [script]: script } }
    const identify = { type: 'identify', userId: script, traits: { name: script } }
    for (const one of [identify, event]) {
      await steps.send(one, 'onerror')
      await steps.ended('delivered')
    }
    await site.relay.post([{ type: 'track', messageId: script, event: script, properties: { script } }])
    for (const view of ['Flow', 'Dead', 'Kustomer']) {
      await steps.open(view)
      await steps.panel().locator('summary', { hasText: 'onerror' }).first().click()
      await until(async () => (await steps.panel().getByText('onerror').count()) > 1, `the text in ${view}`)
    }
    expect(await site.page.locator('main img, main script').count()).toBe(0)
  })

  test('the pipeline and the charts count the events of a shop', async () => {
    const before = site.relay.relay.ledger.counts.received
    await site.relay.post(webShopEvents)
    await steps.open('Flow')
    await quiet(site.relay.relay)
    const received = String(before + webShopEvents.length)
    await steps.panel().locator('[data-stage=Received] strong', { hasText: received }).waitFor()
    await steps.panel().locator('[data-stage=Waiting].zero').waitFor()
    for (const chart of await steps.panel().locator('.chart').all())
      await chart.locator('.stem').last().waitFor({ state: 'attached' })
    await steps.panel().getByLabel('State').selectOption('delivered')
    await steps.panel().locator('.trace summary').first().click()
    await shoot(site.page, 'flow')
    await steps.panel().getByLabel('State').selectOption('')
  })

  test('the keyboard moves between the tabs', async () => {
    await site.page.getByRole('tab', { name: 'Try' }).focus()
    await site.page.keyboard.press('ArrowRight')
    await until(() => site.page.getByRole('tab', { name: 'Flow', selected: true }).isVisible(), 'Flow')
    await site.page.keyboard.press('End')
    await until(() => site.page.getByRole('tab', { name: 'Kustomer', selected: true }).isVisible(), 'End')
  })
})
