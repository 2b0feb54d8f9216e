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
    // Long enough that no event is tried again by itself.
    site = await startConsole({ backoffBaseSeconds: 900, backoffMaxSeconds: 900 })
    steps = site.steps
  }, 60_000)
  afterEach(async () => {
    await steps.open('Try')
    expect(site.faults).toEqual([])
  })
  afterAll(() => site?.close())

  test('Send delivers an event, and Flow finds its row by person', async () => {
    await steps.send(
      { type: 'track', userId: 'flow-1', event: 'Order Completed', properties: { total: 3 } },
      'flow-1',
    )
    await steps.ended('delivered')
    expect(site.relay.standIn.events().map(({ identity }) => identity.externalId)).toContain('flow-1')
    await steps.open('Flow')
    await steps.view().getByLabel('Search').fill('flow-1')
    await steps.view().getByText('1 event of the last').waitFor()
    await steps.openRow('Order Completed')
    const call = steps.view().locator('.timeline details', { hasText: 'POST /v1/tracking/identityEvent' })
    await call.locator('summary').click()
    await call.getByRole('region', { name: 'Request body' }).getByText('totalNum').waitFor()
    await call.getByRole('region', { name: 'Response body' }).getByText('"id"').first().waitFor()
    await steps.view().locator('[data-stage=Delivered]:not(.zero)').waitFor()
    await steps.view().getByLabel('Search').fill('')
  })

  test('a replay is followed to its end: dead-lettered again with the reason, then delivered', async () => {
    const refuse = { when: { externalId: 'dead-1' }, do: { kind: 'status', status: 400, body: {} } } as const
    site.relay.standIn.fault({ ...refuse, times: 2 })
    await steps.send({ type: 'track', userId: 'dead-1', event: 'Poison' }, 'dead-1')
    await steps.ended('dead-lettered')
    await steps.open('Dead')
    await steps.openRow('Poison')
    await steps.view().getByRole('region', { name: 'Body of the write' }).getByText('"dead-1"').waitFor()
    await shoot(site.page, 'dead')
    await steps
      .view()
      .getByRole('checkbox', { name: /^Select track Poison/ })
      .check()
    await steps.press('Replay 1 selected dead letter')
    await steps.confirm('dead-1: 1 event')
    const report = steps.view().getByRole('region', { name: 'Replay' })
    await report.getByText('1 dead-lettered again').waitFor()
    await report.getByText(/REJECTED Kustomer refused/).waitFor()
    await shoot(site.page, 'dead-again')
    await steps.view().getByText('replayed 1 time').waitFor()
    await steps.openRow('Poison')
    await steps.press('Replay')
    await steps.confirm('Replay 1 dead letter of 1 person?')
    await report.getByText('1 dead letter: 1 delivered').waitFor()
    await steps.view().getByText('No dead letters.').waitFor()
    expect(site.relay.standIn.events().some(({ identity }) => identity.externalId === 'dead-1')).toBe(true)
  })

  test('an event waits while the key is wrong, and is delivered when the key is right again', async () => {
    await steps.open('Kustomer')
    await steps.press('Key wrong')
    await steps.view().getByText('Active: Key wrong').waitFor()
    await steps.send({ type: 'identify', userId: 'ridden-1', traits: { name: 'Rider' } }, 'ridden-1')
    await steps.ended('retrying')
    await steps.open('Kustomer')
    await steps.press('All well again')
    await steps.open('Flow')
    await steps.view().getByLabel('Search').fill('ridden-1')
    await steps.openRow('retrying')
    await steps.press('Retry now')
    await steps.view().locator('.row', { hasText: 'delivered' }).waitFor()
    await steps.view().getByLabel('Search').fill('')
    await steps.open('Try')
    await steps.ended('delivered')
    await steps.open('Kustomer')
    await steps.view().locator('.customer summary', { hasText: 'Rider' }).click()
    await shoot(site.page, 'kustomer')
    await steps.open('Person')
    await steps.view().getByLabel('User id').fill('ridden-1')
    await steps.view().getByText('Results noted').waitFor()
    await steps.openRow('identify')
    await steps.view().getByText('attempt 1: unauthorized').waitFor()
    await shoot(site.page, 'person')
  })

  test('every state has an address, links lead to the letter and back, and buttons copy', async () => {
    const { page, context, relay } = site
    relay.standIn.fault({ when: { externalId: 'link-1' }, do: { kind: 'status', status: 400, body: {} } })
    const event = {
      type: 'track',
      messageId: 'link-a',
      userId: 'link-1',
      event: 'Link',
      email: 'l@example.com',
    }
    await relay.post({ ...event, properties: { email: 'l@example.com', number: 'ORDER 7“x”' } })
    await steps.open('Flow')
    await steps.view().getByLabel('Search').fill('l@example.com')
    await steps.view().getByText('1 event of the last').waitFor()
    await steps.view().getByLabel('Search').fill('order 7“x”')
    await steps.openRow('dead-lettered')
    await steps.view().getByRole('region', { name: 'Event' }).last().waitFor()
    const address = page.url()
    await steps.view().getByRole('link', { name: 'Its dead letter' }).click()
    await steps.view().getByRole('link', { name: 'What happened, and Kustomer’s answer' }).click()
    await steps.view().locator('.timeline', { hasText: 'REJECTED' }).waitFor()
    await page.goBack()
    await page.goBack()
    expect(page.url()).toBe(address)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const copied = async (button: string) => {
      await steps.press(button)
      await steps.view().getByText('Copied').waitFor()
      const text = await page.evaluate<string>('navigator.clipboard.readText()')
      await steps.view().getByText('Copied').waitFor({ state: 'detached' })
      return text
    }
    expect(JSON.parse(await copied('Copy event'))).toMatchObject(event)
    expect(await copied('Copy curl')).toContain(`curl ${relay.relay.url}/v1/events`)
    expect(await copied('Copy dlq command')).toBe('npx relay dlq show link-a --local')
    const other = await context.newPage()
    await other.goto(address)
    await other.locator('.timeline', { hasText: 'REJECTED' }).waitFor()
    await other.close()
    await steps.view().getByLabel('Search').fill('')
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
      const row = view === 'Kustomer' ? 'summary' : '.row'
      await steps.view().locator(row, { hasText: 'onerror' }).first().click()
      await until(async () => (await steps.view().getByText('onerror').count()) > 1, `the text in ${view}`)
    }
    expect(await site.page.locator('main img, main script').count()).toBe(0)
  })

  test('the pipeline and the charts count the events of a shop', async () => {
    const before = site.relay.relay.ledger.counts.received
    await site.relay.post(webShopEvents)
    await steps.open('Flow')
    await quiet(site.relay.relay)
    const received = String(before + webShopEvents.length)
    await steps.view().locator('[data-stage=Received] strong', { hasText: received }).waitFor()
    await steps.view().locator('[data-stage=Waiting].zero').waitFor()
    for (const chart of await steps.view().locator('.chart').all())
      await chart.locator('.stem').last().waitFor({ state: 'attached' })
    await steps.view().getByLabel('State').selectOption('delivered')
    await steps.openRow('identify')
    await steps.view().getByRole('region', { name: 'Event' }).last().waitFor()
    await shoot(site.page, 'flow')
  })
})
