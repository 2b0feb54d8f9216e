import type { Delay } from '../queue/received-messages.ts'
import type { Decision } from './decide.ts'
import type { ParsedRecord } from './parse-record.ts'
import type { Reporter } from './reporter.ts'

/** A message and the decision about it in this invocation. */
export interface End {
  parsed: ParsedRecord
  decision: Decision
}

/** What carrying out decisions needs from outside. */
export interface CarryOutPorts {
  /** Resolves to the number of messages whose delay could not be set. */
  delay(delays: Delay[]): Promise<number>
  /** Deletes messages. Lambda deletes the rest after the batch response. Never throws. */
  deleteMessages(receiptHandles: string[]): Promise<void>
  reporter: Reporter
}

/** Sets the delays of the messages that are retried and, with `deletesDone`, deletes the others. Never throws. */
export async function carryOut(ends: End[], deletesDone: boolean, ports: CarryOutPorts): Promise<void> {
  const delays = ends.flatMap(({ parsed: { record }, decision }) =>
    decision.kind === 'retry' ? [{ receiptHandle: record.receiptHandle, inSeconds: decision.inSeconds }] : [],
  )
  const done = ends.filter(({ decision }) => decision.kind !== 'retry')
  const handles = deletesDone ? done.map(({ parsed }) => parsed.record.receiptHandle) : []
  const [left] = await Promise.all([ports.delay(delays), ports.deleteMessages(handles)])
  if (left > 0)
    ports.reporter.fault(
      `the delay of ${left} messages could not be set: they wait for the visibility time-out`,
    )
}
