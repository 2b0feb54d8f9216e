import type { WindowsReport } from '../dead-letters/replay-windows.ts'
import type { Target } from '../dead-letters/targets.ts'

/** The options of `replay`: the relay, the rate, whether to ask, and whether to wait for the ends. */
export interface ReplayCommand extends Target {
  json?: true | undefined
  limit?: number | undefined
  dryRun?: true | undefined
  yes?: true | undefined
  /** Dead letters per second; default: 10 at most, and only while few events wait in the queue. */
  rate?: number | undefined
  /** Milliseconds without news, or whether to wait; default: on a terminal. */
  wait?: number | boolean | undefined
}

/** A report, and the ids of all dead letters that were read. */
export type ReplayResult = WindowsReport & { readIds: ReadonlySet<string> }
