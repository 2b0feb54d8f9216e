import { existsSync } from 'node:fs'

const known = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Returns the path of Chromium: `CHROMIUM_PATH`, or one of the usual paths; undefined if there is none. */
export function findBrowser(): string | undefined {
  return [process.env.CHROMIUM_PATH ?? '', ...known].find(existsSync)
}

/** Options that stop the browser's own network requests. */
export const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
