import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { browserArguments, findBrowser } from '../../tools/console-load/find-browser.ts'

const browserPath = findBrowser()

/** Why there is no browser to test with; undefined if there is one. */
export const whyNoBrowser = browserPath ? undefined : 'no Chromium here; CHROMIUM_PATH may name one'

/** The browser of a test, and everything that went wrong in it. */
export interface TestBrowser {
  page: Page
  context: BrowserContext
  /** Console errors, exceptions of the page, and requests to other hosts than loopback. */
  faults: string[]
  close(): Promise<void>
}

/** Starts a headless Chromium with a new profile and one page. */
export async function startBrowser(): Promise<TestBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'relay-browser-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browserPath ?? '',
    headless: true,
    viewport: { width: 1_280, height: 900 },
    acceptDownloads: true,
    args: browserArguments,
  })
  // For a machine that is busy with other things, as the time-outs of the tests are.
  context.setDefaultTimeout(60_000)
  const faults: string[] = []
  const page = context.pages()[0] ?? (await context.newPage())
  page.on('console', message => message.type() === 'error' && faults.push(`console: ${message.text()}`))
  page.on('pageerror', error => faults.push(`exception: ${error.message}`))
  page.on('dialog', dialog => {
    faults.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  context.on('request', request => {
    if (!/^(http:\/\/127\.0\.0\.1:|blob:http:\/\/127\.0\.0\.1:|data:)/.test(request.url()))
      faults.push(`request: ${request.url()}`)
  })
  return {
    page,
    context,
    faults,
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

/**
 * Takes screenshots of the page at both widths, into `.relay/shots/`, to look at them. Only where `PICTURES` is set: they
 * take time.
 */
export async function shoot(page: Page, name: string): Promise<void> {
  if (!process.env.PICTURES) return
  for (const [width, height] of [
    [1_280, 900],
    [390, 1_500],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: `.relay/shots/${name}-${width}.png` })
  }
  await page.setViewportSize({ width: 1_280, height: 900 })
}

/**
 * Takes a picture of the page for the documents, of what is shown at 1,280 by 860 pixels: into `docs/` with
 * `PICTURES=docs`, into `.relay/shots/` with another value, and none without one.
 */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.PICTURES) return
  const folder = process.env.PICTURES === 'docs' ? 'docs/console-' : '.relay/shots/'
  await page.setViewportSize({ width: 1_280, height: 860 })
  await page.screenshot({ path: `${folder}${name}.png` })
}
