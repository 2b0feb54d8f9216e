import { statSync } from 'node:fs'
import type { Settings } from '../../lib/index.ts'
import { readSettingsFile } from './read-settings-file.ts'

/** Milliseconds between two looks at the file. Polling works with every editor and every file system. */
const intervalMs = 500

/** The callbacks of a watched settings file. */
interface SettingsListener {
  onSettings(settings: Settings): void
  /** The file cannot be read, or its settings are invalid: a ConfigError. The settings in force stay. */
  onFault(error: unknown): void
}

/** Watches a settings file from now on, and reads it after each change. Returns the function that ends it. */
export function watchSettings(path: string, { onSettings, onFault }: SettingsListener): () => void {
  let known = stampOf(path)
  const look = () => {
    const stamp = stampOf(path)
    if (stamp === known) return
    known = stamp
    try {
      onSettings(readSettingsFile(path))
    } catch (error) {
      onFault(error)
    }
  }
  const timer = setInterval(look, intervalMs).unref()
  return () => clearInterval(timer)
}

/** Returns a text that is another one after every change of a file. Never throws, also if the file cannot be read. */
function stampOf(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path)
    return `${mtimeMs} ${size} ${ino}`
  } catch {
    return 'unknown'
  }
}
