/** A saved query: its parts in the language of Logs Insights. The reader replaces a word in capitals. */
export interface QueryRow {
  id: string
  title: string
  fields: string[]
  filter: string
  stats?: string
  sort?: string
  limit?: number
}

/** All saved queries. A test checks that the functions write every field that they use. */
export const queryRows: QueryRow[] = [
  {
    id: 'Event',
    title: 'one event',
    fields: [
      '@timestamp',
      'message',
      'outcome',
      'decision',
      'code',
      'status',
      'inSeconds',
      'attempts',
      'why',
    ],
    filter: 'eventId = "MESSAGE_ID"',
    sort: '@timestamp asc',
    limit: 1_000,
  },
  {
    id: 'Person',
    title: 'one person',
    fields: ['@timestamp', 'eventId', 'type', 'outcome', 'decision', 'ageSeconds', 'why'],
    filter: 'person = "GROUP_ID"',
    sort: '@timestamp asc',
    limit: 1_000,
  },
  {
    id: 'DeadLetters',
    title: 'dead letters by reason',
    fields: ['code', 'why'],
    filter: 'decision = "deadLetter"',
    stats: 'count(*) as events by code, status, why',
    sort: 'events desc',
  },
  {
    id: 'Calls',
    title: 'calls by status',
    fields: ['method', 'path'],
    filter: 'message = "call"',
    stats: 'count(*) as calls, max(ms) as slowestMs by status, method, path, error',
    sort: 'calls desc',
  },
]
