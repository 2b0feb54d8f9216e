import { ConfigError } from '../../../lib/errors.ts'
import { type Call, InvalidEventError, type Settings, transform } from '../../../lib/index.ts'
import { tooDeep } from '../../../lib/ingest/refusal.ts'
import { type Endpoint, endpoints } from '../../../lib/kustomer/endpoints.ts'
import { webhook } from '../../../lib/policy.ts'
import { parseSettings } from '../../../lib/settings.ts'
import { callFaults, isHelpedByAdvanced } from '../../preview/call-faults.ts'
import { isDeeperThan } from '../../preview/is-deeper-than.ts'
import { settingsSentence } from '../../terminal/settings-sentence.ts'
import type { Preview } from './shapes.ts'

/** Returns what the relay would do with an event under these settings, or the errors of either. Never throws. */
export function preview(event: unknown, settings: unknown): Preview {
  try {
    if (isDeeperThan(webhook.maxDepth, event)) return { kind: 'error', ...tooDeep }
    const parsed = parseSettings(settings ?? {})
    return shown(event, transform(event, parsed), parsed)
  } catch (error) {
    if (error instanceof ConfigError)
      return { kind: 'settings', sentences: error.issues.map(issue => settingsSentence(issue, settings)) }
    if (!(error instanceof InvalidEventError)) throw error
    const { code, message, issues } = error
    return { kind: 'error', code, message, issues }
  }
}

function shown(event: unknown, call: Call, settings: Settings): Preview {
  if (call.kind === 'skip') return { kind: 'skip', why: call.why, call }
  const at = endpoints(settings.baseEndpoint)
  const faults = callFaults(call, settings)
  const found = {
    call,
    faults,
    isHelpedByAdvanced: faults.length > 0 && isHelpedByAdvanced(event, settings),
  }
  if (call.kind === 'recordEvent') {
    const body = { identity: call.identity, event: call.event }
    return { kind: 'call', requests: [lineOf(at.recordEvent())], body, ...found }
  }
  const known = call.knownId === undefined ? [] : [lineOf(at.updateCustomer(call.knownId))]
  const find = call.find.map(key =>
    lineOf(at.findCustomer(key), known.length > 0 ? 'if it was deleted' : undefined),
  )
  const create = lineOf(at.createCustomer(), 'or PUT to the customer found')
  return { kind: 'call', requests: [...known, ...find, create], body: call.customer, ...found }
}

function lineOf({ method, url }: Endpoint, when?: string) {
  return { method, url, ...(when && { when }) }
}
