import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ConfigError } from '../../lib/errors.ts'
import type { Settings } from '../../lib/index.ts'
import { parseSettings } from '../../lib/settings.ts'
import { fileFault } from './file-fault.ts'
import { settingsSentence } from './settings-sentence.ts'

/**
 * Reads a file of mapping settings. `read` returns its text; by default the file is read from `cwd`.
 * @throws Error with every fault in a sentence: what is wrong, and which name was probably meant.
 */
export async function readSettings(
  file: string,
  cwd: string,
  read = (path: string) => readFile(resolve(cwd, path), 'utf8').catch(unreadable(path)),
): Promise<Settings> {
  const value = jsonOf(await read(file), file)
  try {
    return parseSettings(value)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw new Error(error.issues.map(issue => `${file}: ${settingsSentence(issue, value)}`).join('\n'))
  }
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const where = error instanceof Error ? /\(line \d+ column \d+\)/.exec(error.message)?.[0] : undefined
    throw new Error(`${file} is not JSON${where ? ` ${where}` : ''}`)
  }
}

function unreadable(file: string) {
  return (error: NodeJS.ErrnoException): never => {
    throw new Error(`${file} cannot be read: ${fileFault(error)}`)
  }
}
