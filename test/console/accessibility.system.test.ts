import { afterAll, beforeAll, test } from 'vitest'
import { describeWithProgram } from '../needed-program.ts'
import { expectAccessible } from './axe.ts'
import { whyNoBrowser } from './browser.ts'
import { type ConsoleSite, startConsole } from './site.ts'

describeWithProgram(whyNoBrowser, 'the console with axe', () => {
  let site: ConsoleSite

  beforeAll(async () => {
    site = await startConsole()
    const { relay } = site
    relay.standIn.fault({ when: { externalId: 'axe-2' }, do: { kind: 'status', status: 400, body: {} } })
    await relay.send(
      {
        person: 'axe-1',
        mark: 'Ada',
        event: { type: 'identify', messageId: 'axe-a', userId: 'axe-1', traits: { name: 'Ada' } },
      },
      {
        person: 'axe-2',
        mark: 'Bad',
        event: { type: 'track', messageId: 'axe-b', userId: 'axe-2', event: 'Bad' },
      },
    )
    await relay.settled()
  }, 60_000)
  afterAll(() => site?.close())

  const views = [
    ['try?sample=1', 'POST'],
    ['flow?open=axe-a', 'accepted'],
    ['dead?event=axe-b', 'Copy dlq command'],
    ['person?id=axe-1', 'Kustomer id'],
    ['health', 'Limits in force'],
    ['kustomer', 'Latest requests'],
  ] as const

  test.each(views)('axe finds nothing in #/%s', async (hash, text) => {
    const { page } = site
    await page.goto(`${site.relay.relay.url}/#/${hash}`)
    await page.getByRole('main').getByText(text).first().waitFor()
    await expectAccessible(page)
  })
})
