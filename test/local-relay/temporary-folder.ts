import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Makes an empty folder for the running test and returns its real path. It is removed when the test is finished. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'relay-storage-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
