import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

interface Violation {
  id: string
  nodes: { target: string[]; failureSummary: string }[]
}

/** Expects that axe finds nothing in the page as it is, light and dark, wide and narrow, and that it is wide enough. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1_280, 390]) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 900 })
      expect({ colorScheme, width, found: await findings(page) }).toEqual({ colorScheme, width, found: [] })
      const overflow = await page.evaluate(`document.documentElement.scrollWidth - innerWidth`)
      expect(overflow, `${width} pixels are enough`).toBeLessThanOrEqual(0)
    }
  await page.setViewportSize({ width: 1_280, height: 900 })
}

/** What axe finds, in words. The policy lets no script of a tag run, so it is evaluated. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }
    const { violations } = await axe.run()
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    )
  })
}
