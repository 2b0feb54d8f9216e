import { join } from 'node:path'
import { readLocalFile } from './local-file.ts'
import type { FullOptions } from './relay-options.ts'

/** Milliseconds for the answer of another relay on this machine. */
const patienceMs = 2_000

/**
 * Chooses the folder for the bundles, logs and `local.json` of a relay that starts: `dataDir`, or, while another relay
 * that still runs has that, a folder in it with the name of the port, and a line says so. So a second relay does not
 * take the commands of the first one to itself. Never rejects.
 */
export async function folderOfRelay(
  { dataDir, onLine }: Pick<FullOptions, 'dataDir' | 'onLine'>,
  port: number,
): Promise<string> {
  const other = readLocalFile(dataDir)
  if (!other || !(await isRunning(other.url))) return dataDir
  onLine(
    `another local relay runs here: ${other.url}. Commands use that one; for this one, set PORT: PORT=${port} npm run dlq -- list --local`,
  )
  return join(dataDir, String(port))
}

async function isRunning(url: string): Promise<boolean> {
  const signal = AbortSignal.timeout(patienceMs)
  return fetch(`${url}/local/status`, { signal, redirect: 'error' }).then(
    answer => answer.ok,
    () => false,
  )
}
