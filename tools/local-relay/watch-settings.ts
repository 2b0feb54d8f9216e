import { unwatchFile, watchFile } from 'node:fs'
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

/** Watches a settings file and reads it after each change. Returns the function that ends it. */
export function watchSettings(path: string, { onSettings, onFault }: SettingsListener): () => void {
  const read = () => {
    try {
      onSettings(readSettingsFile(path))
    } catch (error) {
      onFault(error)
    }
  }
  watchFile(path, { interval: intervalMs, persistent: false }, (now, before) => {
    if (now.mtimeMs !== before.mtimeMs || now.size !== before.size) read()
  })
  return () => unwatchFile(path, undefined)
}
