import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startRelay } from '../../tools/local-relay/start-relay.ts'
import { describeWithProgram } from '../needed-program.ts'
import { quick, quiet } from '../system/relay-harness.ts'
import { whyNoBrowser } from './browser.ts'
import { type ConsoleSite, postRefused, startConsole } from './site.ts'

const letters = 12
const longWord = 'Ünbroken'.repeat(40)

describeWithProgram(whyNoBrowser, 'the console in hard cases', () => {
  let site: ConsoleSite

  beforeAll(async () => {
    site = await startConsole()
    await postRefused(
      site,
      Array.from({ length: letters }, (_, n) => ({
        ...{ type: 'track', userId: `lost-${n}`, messageId: `lost-${n}`, event: `Lost ${n}` },
      })),
    )
  }, 60_000)
  afterAll(() => site?.close())

  const on = (page: Page) => page.getByRole('main')
  const report = (page: Page) => on(page).getByRole('region', { name: 'Replay' })
  const address = (hash: string) => `${site.relay.relay.url}/#/${hash}`

  test('a replay is followed to its end on each page, also after back and after a reload', async () => {
    const { page, context } = site
    // The replay runs until this answer arrives.
    site.relay.standIn.fault({ when: { externalId: 'lost-3' }, do: { kind: 'slow', ms: 600_000 } })
    await page.goto(address('flow'))
    await page.goto(address('dead'))
    await on(page).getByRole('button', { name: 'Select all' }).click()
    await on(page)
      .getByRole('button', { name: `Replay ${letters} selected` })
      .click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: `Replay ${letters}` })
      .click()
    const isRunning = (one: Page) => report(one).getByText('Replaying …').waitFor()
    await isRunning(page)
    await page.goBack()
    await page.goForward()
    await isRunning(page)
    await page.reload()
    await isRunning(page)
    const other = await context.newPage()
    await other.goto(address('dead'))
    await isRunning(other)
    site.relay.standIn.sendDelayed()
    for (const one of [page, other]) {
      await report(one).getByText(`${letters} dead letters: ${letters} delivered`).waitFor()
      await on(one).getByText('No dead letters.').waitFor()
    }
    await other.close()
    expect(site.relay.standIn.events()).toHaveLength(letters)
  })

  test('a name without a space is no wider than a phone, in any view', async () => {
    const { page, relay } = site
    const userId = `u${longWord}`.slice(0, 200)
    relay.standIn.fault({
      ...{ when: { path: '/v1/tracking' }, times: 1 },
      do: { kind: 'status', status: 400, body: {} },
    })
    await relay.post([
      { type: 'identify', userId, messageId: `m${longWord}`, traits: { name: longWord } },
      {
        type: 'track',
        userId,
        messageId: `t${longWord}`,
        event: longWord,
        properties: { [longWord]: longWord },
      },
    ])
    await quiet(relay.relay)
    await page.setViewportSize({ width: 390, height: 900 })
    for (const hash of ['flow?q=t', 'dead', `person?id=${encodeURIComponent(userId)}`, 'kustomer', 'try']) {
      await page.goto(address(hash))
      if (hash === 'try') await on(page).getByRole('textbox', { name: 'Event' }).fill(`{"${longWord}":1}`)
      await on(page).getByText('Ünbroken').first().waitFor()
      const row = on(page).getByRole('button', { name: 'track Ünbroken', expanded: false })
      if (/flow|dead/.test(hash)) {
        await row.first().click()
        await on(page).getByRole('region', { name: 'Event' }).last().waitFor()
      }
      const overflow = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
      expect({ hash, overflow }).toEqual({ hash, overflow: false })
    }
    await page.setViewportSize({ width: 1_280, height: 900 })
    expect(site.faults).toEqual([])
  })

  test('a page that is open while the relay is killed and started again goes on by itself', async () => {
    const { page, relay } = site
    await page.goto(address('dead'))
    await on(page).getByText('1 of 1 dead letter').waitFor()
    const { port } = new URL(relay.relay.url)
    await relay.relay.stop()
    await page.getByText('no connection').waitFor()
    await page.getByRole('link', { name: 'Person' }).click()
    await page.getByRole('link', { name: 'Dead letters' }).click()
    await on(page).getByText('The relay does not answer').waitFor()
    // A relay that is starting has its port before it has its console.
    await page.route('**/local/live', route => route.fulfill({ status: 503, body: '{}' }), { times: 1 })
    const next = await startRelay({
      ...{ ...quick, bundles: inject('bundles'), dataDir: relay.dataDir, port: Number(port) },
    })
    try {
      await on(page).getByText('No dead letters.').waitFor()
      await page.getByText('· live ·').waitFor()
      await page.getByRole('link', { name: 'Flow' }).click()
      await relay.post({ type: 'track', userId: 'after', messageId: 'after', event: 'After' })
      await on(page).getByRole('button', { name: 'track After' }).getByText('delivered').waitFor()
    } finally {
      await next.stop()
    }
  })
})
