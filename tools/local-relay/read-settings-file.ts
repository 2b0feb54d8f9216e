import { readFileSync } from 'node:fs'
import { ConfigError } from '../../lib/errors.ts'
import type { Settings } from '../../lib/index.ts'
import { parseSettings } from '../../lib/settings.ts'
import { fileFault } from '../terminal/file-fault.ts'
import { settingsIssue } from '../terminal/settings-sentence.ts'

/** Reads mapping settings from a JSON file. @throws ConfigError with all errors at once, each of which names the file. */
export function readSettingsFile(path: string): Settings {
  const value = readJson(path)
  try {
    return parseSettings(value)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const told = error.issues.map(issue => settingsIssue(issue, value))
    throw new ConfigError(told.map(issue => ({ ...issue, path: `SETTINGS_FILE ${issue.path}` })))
  }
}

function readJson(path: string): unknown {
  const fault = (expected: string, got: string) =>
    new ConfigError([{ path: `SETTINGS_FILE ${path}`, expected, got }])
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw fault('a file that can be read', error instanceof Error ? fileFault(error) : '')
  }
  try {
    return JSON.parse(text)
  } catch {
    throw fault('JSON', 'something else')
  }
}
