import { functions, personRecords, queue, rate, retry } from '../../lib/policy.ts'
import type { Settings } from '../../lib/transform/settings.ts'
import type { StandInOptions } from '../kustomer-stand-in/types.ts'
import { defaultDataDir } from './local-file.ts'

/** The options of a local relay. The defaults are those of `npm start`. */
export interface RelayOptions {
  /** The port; 8787. 0: any free port. */
  port?: number
  /** The webhook secret; 'local-secret'. */
  webhookSecret?: string
  /** Kustomer's origin. Without it a stand-in is started. */
  kustomerBaseUrl?: string
  /** Whether `kustomerBaseUrl` may be a host that is not Kustomer's; false. A host on the loopback interface always may. */
  allowOtherHosts?: boolean
  /** Kustomer's API key; 'local-key', which the stand-in accepts. */
  kustomerApiKey?: string
  settings?: Partial<Settings>
  /** Kustomer's rate limit for the whole organisation. The stand-in applies it too. */
  requestsPerMinute?: number
  /** The share of the rate limit that the relay may use, 0 to 1. */
  share?: number
  workerConcurrency?: number
  backoffBaseSeconds?: number
  backoffMaxSeconds?: number
  giveUpAfterSeconds?: number
  /** 0: every identify is sent. */
  resendUnchangedAfterHours?: number
  /** The queue's visibility timeout: a message of a failed batch is received again after it. */
  visibilitySeconds?: number
  /** The endpoint of an SQS that runs already. Without it one is started. */
  sqsEndpoint?: string
  standIn?: StandInOptions
  /** The functions' bundles, where they are built already. */
  bundles?: { ingest: string; worker: string }
  /** Called with each line for the terminal. */
  onLine?: (line: string) => void
  /** Whether the lines may have colours; false. */
  hasColors?: boolean
  /** Called with each piece of the functions' own logs. */
  onLog?: (piece: Uint8Array) => void
  /** The folder for bundles, logs and `local.json`; '.relay'. */
  dataDir?: string
  /** The folder in which events, person records and the stand-in's customers are kept. Without it they are lost. */
  storageDir?: string
}

/** Returns the options with all defaults. Options that have no default may be missing. */
export function withDefaults(options: RelayOptions) {
  return {
    port: 8787,
    webhookSecret: 'local-secret',
    kustomerApiKey: 'local-key',
    allowOtherHosts: false,
    requestsPerMinute: rate.requestsPerMinute,
    share: rate.share,
    // A process each: enough to see what several containers do, and quick to start on a laptop.
    workerConcurrency: 2,
    backoffBaseSeconds: retry.baseSeconds,
    backoffMaxSeconds: retry.maxSeconds,
    giveUpAfterSeconds: retry.giveUpAfterSeconds,
    resendUnchangedAfterHours: personRecords.resendUnchangedAfterHours,
    visibilitySeconds: functions.worker.timeoutSeconds * queue.visibilityTimeouts,
    onLine: () => {},
    hasColors: false,
    dataDir: defaultDataDir,
    ...options,
  }
}

/** The options with all defaults. */
export type FullOptions = ReturnType<typeof withDefaults>
