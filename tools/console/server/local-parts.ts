import type { Queues } from '../../dead-letters/queues.ts'
import type { PeopleAccess } from '../../dead-letters/relay-access.ts'
import type { StandIn } from '../../kustomer-stand-in/types.ts'
import type { Memory } from '../../local-relay/memory.ts'
import type { FullOptions } from '../../local-relay/relay-options.ts'
import type { SettingsInForce } from '../../local-relay/settings-in-force.ts'
import type { WaitingMessages } from '../../local-relay/waiting-messages.ts'
import type { Now, Setup } from './shapes.ts'

/** The parts of a running local relay that the console shows and uses. */
export interface LocalParts {
  /** The relay's URL. "Send" posts events to it, as RudderStack does. */
  url: string
  options: FullOptions
  settings: SettingsInForce
  memory: Memory
  status: () => Promise<Now['status']>
  queues: Queues
  /** The person records. */
  people: PeopleAccess
  waiting: Pick<WaitingMessages, 'retryNow'>
  standIn?: StandIn | undefined
}

/** Where the calls go. The relay always sets the worker's base URL, so that the setting `baseEndpoint` has no effect. */
export function kustomerOf({ options, standIn }: Pick<LocalParts, 'options' | 'standIn'>): Setup['kustomer'] {
  return { url: standIn?.url ?? options.kustomerBaseUrl ?? '', isSimulated: standIn !== undefined }
}
