import axe from 'axe-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWithProgram } from '../needed-program.ts'
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
    ['dead?event=axe-b', 'Retry now'],
    ['person?id=axe-1', 'Kustomer id'],
    ['health', 'Limits in force'],
    ['kustomer', 'Latest requests'],
  ] as const

  test.each(views)('axe finds nothing in #/%s', async (hash, text) => {
    const { page } = site
    await page.goto(`${site.relay.relay.url}/#/${hash}`)
    await page.getByRole('main').getByText(text).first().waitFor()
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [1_280, 390]) {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height: 900 })
        expect({ colorScheme, width, found: await findings(site) }).toEqual({ colorScheme, width, found: [] })
        const overflow = await page.evaluate(`document.documentElement.scrollWidth - innerWidth`)
        expect(overflow, `${width} pixels are enough`).toBeLessThanOrEqual(0)
      }
  })
})

/** What axe finds in the page as it is, in words. The policy lets no script of a tag run, so it is evaluated. */
async function findings({ page }: ConsoleSite): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }
    interface Violation {
      id: string
      nodes: { target: string[]; failureSummary: string }[]
    }
    const { violations } = await axe.run()
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    )
  })
}
