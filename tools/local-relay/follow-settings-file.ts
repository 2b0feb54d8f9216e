import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { safe } from '../terminal/terminal.ts'
import { complain } from './complain.ts'
import type { SettingsInForce } from './settings-in-force.ts'
import { watchSettings } from './watch-settings.ts'

/** Applies the settings of `SETTINGS_FILE` whenever the file changes, until the relay is interrupted. */
export function followSettingsFile(settings: SettingsInForce, io: CommandIo): void {
  const path = io.env.SETTINGS_FILE?.trim()
  if (!path) return
  const end = watchSettings(path, {
    onSettings(read) {
      const done = () => printLine(io.out, `the relay uses the settings of ${safe(path)}`)
      settings.apply(read).then(done, error => complain(error, io))
    },
    onFault: error => complain(error, io),
  })
  io.interruption().addEventListener('abort', end)
}
