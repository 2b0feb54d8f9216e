import type { Target } from '../dead-letters/targets.ts'

/** The options of `purge`: the queues, whether to ask, and where the dead letters are written first. */
export interface PurgeCommand extends Target {
  json?: true | undefined
  limit?: number | undefined
  dryRun?: true | undefined
  yes?: true | undefined
  export?: string | undefined
  withoutExport?: true | undefined
}
