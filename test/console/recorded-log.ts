import { readFileSync } from 'node:fs'
import type { LogLine } from '../../tools/console/stack/log-notes.ts'

/** The lines of a worker's log, as a relay wrote them, with their times. */
export const recordedLog: LogLine[] = readFileSync(`${import.meta.dirname}/recorded-worker-log.jsonl`, 'utf8')
  .trim()
  .split('\n')
  .map(text => ({ at: Date.parse(JSON.parse(text).timestamp) || 0, text }))
