import { join } from 'node:path'
import type { CommandIo } from '../terminal/command-io.ts'
import { defaultDataDir, type LocalFile, readLocalFile } from './local-file.ts'

/**
 * Finds the local relay of a working directory: the one of port `PORT` where that is set, as for `npm start`, otherwise
 * the one that started first. Returns undefined if there is none. Never throws.
 */
export function findLocalFile({ cwd, env }: Pick<CommandIo, 'cwd' | 'env'>): LocalFile | undefined {
  const port = Number(env.PORT?.trim() || 0)
  const first = readLocalFile(join(cwd, defaultDataDir))
  if (port === 0 || (first && portOf(first) === port)) return first
  const other = readLocalFile(join(cwd, defaultDataDir, String(port)))
  return other && portOf(other) === port ? other : undefined
}

function portOf({ url }: LocalFile): number {
  return Number(new URL(url).port)
}
