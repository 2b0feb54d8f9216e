import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWithProgram } from '../needed-program.ts'
import { picture, whyNoBrowser } from './browser.ts'
import { type ConsoleSite, startConsole } from './site.ts'
import type { Steps } from './steps.ts'

/** The story of `docs/first-steps.md`, step by step, in the console alone. `PICTURES=docs` renews its pictures. */
describeWithProgram(whyNoBrowser, 'the first steps', () => {
  let site: ConsoleSite
  let steps: Steps
  const identify = {
    type: 'identify',
    userId: 'alice',
    traits: { name: 'Alice Moreau', email: 'alice@example.com', plan: 'gold' },
  }
  const order = {
    type: 'track',
    userId: 'alice',
    event: 'Order Completed',
    properties: { orderId: 'A-1001', total: 99.9 },
  }

  beforeAll(async () => {
    site = await startConsole()
    steps = site.steps
  }, 60_000)
  afterAll(() => site?.close())

  test('an event in, a customer with a timeline out', async () => {
    await steps.send(identify, 'alice@example.com')
    await steps.ended('delivered')
    await steps.send(order, 'totalNum')
    await steps.ended('delivered')
    await picture(site.page, 'first-1-try')
    await steps.open('Kustomer')
    await steps.view().locator('summary', { hasText: 'Alice Moreau' }).click()
    await steps.view().getByText('Order-Completed').waitFor()
    await picture(site.page, 'first-2-customer')
  })

  test('a poison event is found, understood, mended, replayed and seen delivered', async () => {
    await steps.open('Try')
    await site.page.getByLabel('advancedTransform').uncheck()
    await steps.press('Apply to the relay')
    await steps.view().locator('.notice.warn').waitFor({ state: 'detached' })
    const poison = { ...order, properties: { orderId: 'A-1002', total: 12.5 } }
    await steps.send(poison, 'A-1002')
    await steps.ended('dead-lettered')

    await steps.open('Flow')
    await steps.view().getByLabel('State').selectOption('dead')
    await steps.openRow('Order Completed')
    await steps.view().locator('.timeline', { hasText: 'REJECTED' }).waitFor()
    await picture(site.page, 'story-1-found')

    await steps.view().getByRole('link', { name: 'Its dead letter' }).click()
    await steps.view().getByRole('region', { name: 'Event' }).getByText('A-1002').waitFor()
    const advice = steps.view().getByText('switch advancedTransform on, or rename it').first()
    await advice.waitFor()
    await steps.view().locator('.row', { hasText: 'alice' }).getByText('would be refused again').waitFor()
    await picture(site.page, 'story-2-understood')
    await steps.view().getByLabel('Search').fill('a-1003')
    await steps.view().getByRole('link', { name: 'Search all events in Flow' }).waitFor()
    await steps.view().getByLabel('Search').fill('a-1002')
    await steps.view().getByText('1 of 1 dead letter').waitFor()
    await steps.openRow('alice')
    await steps.press('Replay')
    const dialog = site.page.getByRole('dialog')
    await dialog.getByText('Kustomer would refuse this again. Mend the cause first.').waitFor()
    await dialog.getByRole('button', { name: 'Replay anyway' }).waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()

    await steps.view().getByRole('link', { name: 'With advancedTransform on' }).click()
    await steps.call().getByText('totalNum').waitFor()
    await picture(site.page, 'story-3-mended')
    await steps.press('Apply to the relay')
    await steps.view().locator('.notice.warn').waitFor({ state: 'detached' })

    await steps.view().getByText('Applied.').waitFor()
    await steps.view().getByRole('link', { name: '1 dead letter' }).click()
    await steps.openRow('should be accepted now')
    await steps.press('Replay')
    await site.page.getByRole('dialog').getByText('alice: 1 event').waitFor()
    await picture(site.page, 'story-4-replayed')
    await steps.confirm('Replay 1 dead letter of 1 person?')
    const report = steps.view().getByRole('region', { name: 'Replay' })
    await report.getByText('1 dead letter: 1 delivered').waitFor()
    await report.getByRole('link', { name: 'What happened' }).click()
    await steps.view().locator('.timeline b.done').waitFor()
    await steps.view().getByText('attempt 2, after a replay: delivered').waitFor()
    await steps.view().getByText('1 event of the last').waitFor()
    await steps.view().locator('.row', { hasText: 'delivered' }).waitFor()
    await picture(site.page, 'story-5-delivered')

    await site.page.goBack()
    await report.waitFor()
    expect(site.relay.standIn.events().map(({ event }) => event.meta)).toContainEqual(
      expect.objectContaining({ totalNum: 12.5 }),
    )
    expect(site.faults).toEqual([])
  })
})
