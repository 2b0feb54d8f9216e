import { functions, personRecords, queue, rate, retry } from '../../lib/policy.ts'
import type { Settings } from '../../lib/transform/settings.ts'
import type { StandInOptions } from '../kustomer-stand-in/types.ts'
import { defaultDataDir } from './local-file.ts'

/** How a local relay runs. What is left out is as `npm start` has it. */
export interface RelayOptions {
  /** 8787; 0: any free one. */
  port?: number
  /** 'local-secret' */
  webhookSecret?: string
  /** Kustomer's origin; without it a stand-in runs. */
  kustomerBaseUrl?: string
  /** 'local-key' for the stand-in. */
  kustomerApiKey?: string
  settings?: Partial<Settings>
  /** Of the whole organisation; the stand-in holds to it. */
  requestsPerMinute?: number
  /** The part of it that is ours, 0 to 1. */
  share?: number
  workerConcurrency?: number
  backoffBaseSeconds?: number
  backoffMaxSeconds?: number
  giveUpAfterSeconds?: number
  /** 0: every identify is sent. */
  resendUnchangedAfterHours?: number
  /** Until a message whose batch failed comes again. */
  visibilitySeconds?: number
  /** An SQS that runs already, in place of our own. */
  sqsEndpoint?: string
  standIn?: StandInOptions
  /** The functions' bundles, where they are built already. */
  bundles?: { ingest: string; worker: string }
  /** Hears each readable line; nobody by default. */
  onLine?: (line: string) => void
  /** Whether the lines may have colours; false. */
  hasColors?: boolean
  /** Hears the functions' own logs too, piece by piece; nobody by default. */
  onLog?: (piece: Uint8Array) => void
  /** For bundles, logs and `local.json`: '.relay'. */
  dataDir?: string
}

/** The options with every default filled in; those that have none may be absent. */
export function withDefaults(options: RelayOptions) {
  return {
    port: 8787,
    webhookSecret: 'local-secret',
    kustomerApiKey: 'local-key',
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

/** Options, complete. */
export type FullOptions = ReturnType<typeof withDefaults>
