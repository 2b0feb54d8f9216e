import { type CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import type { EventTrace } from '../../local-relay/event-trace.ts'
import { type LogLine, loggedNote } from './log-notes.ts'
import { tracesFromLog } from './traces-from-log.ts'

/** Reads what became of events from the worker's log. */
export interface EventLog {
  /** Returns the events with this `messageId`, or of the person with this message group. Rejects as CloudWatch does. */
  find(wanted: { eventId: string; group: string }): Promise<EventTrace[]>
}

/** How far back the log is read, and limits of one search: pages of CloudWatch, and events of one person. */
const [hours, maxPages, maxEvents] = [72, 20, 40]

/** Creates the reader of a log group. Each search reads the last 72 hours. */
export function createEventLog(logs: Pick<CloudWatchLogsClient, 'send'>, logGroupName: string): EventLog {
  const read = async (pattern: string): Promise<LogLine[]> => {
    const lines: LogLine[] = []
    const startTime = Date.now() - hours * 3_600_000
    let nextToken: string | undefined
    for (let page = 0; page < maxPages; page++) {
      const answer = await logs.send(
        new FilterLogEventsCommand({ logGroupName, startTime, filterPattern: pattern, nextToken }),
      )
      for (const { timestamp = 0, message = '' } of answer.events ?? [])
        lines.push({ at: timestamp, text: message })
      nextToken = answer.nextToken
      if (!nextToken) break
    }
    return lines
  }
  return {
    async find({ eventId, group }) {
      const terms = [eventId, group].map(quoted).filter(term => term !== '""')
      const ids = idsIn((await Promise.all(terms.map(read))).flat())
      // The calls of a person's events do not name the person, so they are found by the events.
      const lines = ids.length > 0 ? await read(ids.map(id => `?${quoted(id)}`).join(' ')) : []
      return tracesFromLog(lines).filter(trace => ids.includes(trace.eventId))
    },
  }
}

/** The events of these lines, the newest last; not all if there are many. */
function idsIn(lines: LogLine[]): string[] {
  const notes = lines.flatMap(line => loggedNote(line) ?? []).sort((a, b) => a.at - b.at)
  const ids = new Set(
    notes.flatMap(({ note }) => ('eventId' in note.message ? (note.message.eventId ?? []) : [])),
  )
  return [...ids].slice(-maxEvents)
}

/** A term of CloudWatch's filter syntax that finds this text, which needs no quotation marks or backslashes. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '')}"`
}
