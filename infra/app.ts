import { relayApp } from './relay-app.ts'
import { StageConfigError } from './stage-config/stage-config-error.ts'

try {
  relayApp().synth()
} catch (error) {
  if (!(error instanceof StageConfigError)) throw error
  // Print only the messages: a stack trace would hide them.
  console.error(error.message)
  process.exitCode = 1
}
