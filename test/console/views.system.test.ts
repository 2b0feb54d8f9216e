import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { describeWithProgram } from '../needed-program.ts'
import { identify, startTestRelay, step } from '../system/relay-harness.ts'
import { shoot, whyNoBrowser } from './browser.ts'
import { type ConsoleSite, startConsole } from './site.ts'
import type { Steps } from './steps.ts'

describeWithProgram(whyNoBrowser, 'Kustomer, Person and Health', () => {
  let site: ConsoleSite
  let steps: Steps

  beforeAll(async () => {
    site = await startConsole({ backoffBaseSeconds: 900, backoffMaxSeconds: 900 })
    steps = site.steps
    const { standIn, send, settled } = site.relay
    await send(identify('Ada', 'Ada Lovelace', { email: 'ada@example.com', phone: '+15550100' }))
    const properties = { note: 'a long note about this order '.repeat(60) }
    await send({
      ...step('Ada', 1),
      event: { ...step('Ada', 1).event, event: 'Order Completed', properties },
    })
    standIn.fault({ when: { externalId: 'poison' }, do: { kind: 'status', status: 400, body: {} } })
    // A table that is slow for a moment misses a save; the next event of the person saves.
    for (let n = 1; n === 1 || !(await record('poison')); n++) {
      await send(step('poison', n))
      await settled()
    }
  }, 60_000)
  afterEach(() => expect(site.faults).toEqual([]))
  afterAll(() => site?.close())

  const button = (name: string) => steps.view().getByRole('button', { name, exact: true })
  const link = (name: string) => steps.view().getByRole('link', { name })
  const view = (hash: string) => site.page.goto(`${site.relay.relay.url}/#/${hash}`)

  test('the page opens with the events of a relay that has some', async () => {
    await site.page.goto('about:blank')
    await site.page.goto(site.relay.relay.url)
    const flow = site.page.getByRole('main', { name: 'Flow' })
    await flow.getByText('track Order Completed').waitFor()
    expect(await flow.evaluate('scrollY')).toBe(0)
    expect(await site.page.evaluate('document.activeElement.tagName')).toBe('BODY')
  })

  test('Kustomer says that it is simulated, and which failure is active until it ends', async () => {
    await steps.open('Kustomer (simulated)')
    await steps.view().getByText('nothing here reaches a real Kustomer').waitFor()
    await steps.view().getByText('No failure is active.').waitFor()
    expect(await button('All well again').isDisabled()).toBe(true)
    await steps.press('Five 500s')
    await steps.view().getByText('Active: Five 500s for the next 5 requests').waitFor()
    expect(await button('Five 500s').getAttribute('aria-pressed')).toBe('true')
    expect(await button('Slow').getAttribute('aria-pressed')).toBe('false')
    await shoot(site.page, 'kustomer-failure')
    await steps.press('All well again')
    await steps.view().getByText('No failure is active.').waitFor()
    expect(await button('Five 500s').getAttribute('aria-pressed')).toBe('false')
  })

  test('a customer’s card leads to the person, and the person to the card', async () => {
    await view('person?id=ada@EXAMPLE.com')
    await steps.view().getByText('Found by e-mail').waitFor()
    await steps.view().getByText('2 of the latest: 2 delivered').waitFor()
    const { customerId = '' } = (await record('Ada')) ?? {}
    await link(customerId).click()
    const card = steps.view().locator('details', { hasText: 'Ada Lovelace' }).first()
    await card.getByText('ada@example.com, +15550100').waitFor()
    const lines = await card.getByText('Order-Completed').evaluate(name => name.getClientRects().length)
    expect(lines, 'the name of an event stays on one line').toBe(1)
    const tooWide = await site.page.evaluate('document.documentElement.scrollWidth - innerWidth')
    expect(tooWide, 'long properties are wrapped').toBeLessThanOrEqual(0)
    const attributes = card.getByRole('region', { name: 'Attributes of Ada Lovelace' })
    expect(await attributes.isVisible()).toBe(false)
    await card.getByText('All attributes').click()
    await attributes.waitFor()
    const requests = steps.view().getByRole('region', { name: 'Latest requests' })
    await requests.getByRole('link', { name: 'Ada Lovelace' }).first().waitFor()
    await shoot(site.page, 'kustomer-card')
    await card.getByRole('link', { name: 'What the relay knows about this person' }).click()
    await steps.view().getByText('Results noted').waitFor()
    expect(await steps.view().getByLabel('User id').inputValue()).toBe('Ada')
    await shoot(site.page, 'person-labels')
  })

  test('an unknown user id is nobody, with those who are meant', async () => {
    await view('person?id=aDA')
    await steps.view().getByText('Nobody with exactly this user id (upper and lower case differ).').waitFor()
    expect(await steps.view().getByText('What the relay remembers').count()).toBe(0)
    await shoot(site.page, 'person-nobody')
    await link('Ada').click()
    await steps.view().getByText('2 of the latest: 2 delivered').waitFor()
    await view('person?id=poison')
    await steps
      .view()
      .getByText(/of the latest: \d+ dead-lettered/)
      .waitFor()
    await steps.view().getByText('deliveries and dead letters of the last 7 days').waitFor()
    await view('person?id=no-such-person')
    await steps.view().getByText('Nobody with exactly this user id').waitFor()
    expect(await link('Ada').count()).toBe(0)
  })

  test('Health leads to the dead letters and to the settings, and its own requests are marked', async () => {
    await view('health')
    await steps.view().getByText('it asks Kustomer with requests that change nothing').waitFor()
    await steps.view().getByText(`${site.relay.standIn.url} (a simulated Kustomer)`).waitFor()
    await steps.press('Examine')
    await steps
      .view()
      .getByText(/^\d+ \(REJECTED\)/)
      .waitFor()
    await steps.view().getByText('1,000,000 requests a minute, and the relay is set to 3,000').waitFor()
    await steps.view().getByText('the table kustomer-relay-local-people answers').waitFor()
    expect(await steps.view().getByText('unknown', { exact: true }).count()).toBe(0)
    await shoot(site.page, 'health')
    await link('Open the dead letters').click()
    await steps.view().getByText('Step-poison-1').first().waitFor()
    await steps.open('Kustomer')
    await steps.view().getByText('a check of the doctor that changes nothing').first().waitFor()
    await shoot(site.page, 'kustomer-probes')
    await view('health')
    await link('Change them in Try').click()
    await steps.editor().waitFor()
  })

  test('with a real Kustomer nothing is called simulated', async () => {
    const other = await startTestRelay({}, site.relay.standIn)
    const page = await site.context.newPage()
    try {
      await page.goto(`${other.relay.url}/#/kustomer`)
      await page
        .getByText(`sends to the Kustomer at ${site.relay.standIn.url}. Nothing is simulated`)
        .waitFor()
      await page.getByRole('navigation').getByRole('link', { name: 'Kustomer', exact: true }).waitFor()
      expect(await page.getByRole('button', { name: 'Five 500s' }).count()).toBe(0)
    } finally {
      await page.close()
      await other.close()
    }
  })

  async function record(userId: string): Promise<{ customerId?: string } | undefined> {
    const answer = await fetch(`${site.relay.relay.url}/local/person?externalId=${userId}`)
    return ((await answer.json()) as { record?: { customerId?: string } }).record
  }
})
