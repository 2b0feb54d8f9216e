import { ConfigError } from '../../../lib/errors.ts'
import { type HttpResponse, json, messageResponse } from '../../http/response.ts'
import type { SettingsInForce } from '../../local-relay/settings-in-force.ts'
import { settingsSentence } from '../../terminal/settings-sentence.ts'

/** Gives the relay other settings, and answers with the complete ones, or with 400 and what is wrong with them. */
export async function applySettings(inForce: SettingsInForce, settings: unknown): Promise<HttpResponse> {
  try {
    return json(200, await inForce.apply(settings))
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const faults = error.issues.map(issue => settingsSentence(issue, settings))
    return messageResponse(400, faults.join(' '))
  }
}
