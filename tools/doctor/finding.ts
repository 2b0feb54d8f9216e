/** What is checked, by the id that programs use. A name is a subject, so that every state of it reads right. */
const names = {
  'webhook-secret': 'Webhook secret',
  'kustomer-key': 'Kustomer key',
  kustomer: 'Kustomer',
  'rate-limit': 'Rate limit',
  clock: 'Clock of this machine',
  roles: 'Roles of the key',
  versions: 'Versions',
  'person-records': 'Person records',
  queue: 'Queue',
  'dead-letters': 'Dead letters',
  'custom-attributes': 'Custom attributes of dead letters',
  'alarm-subscribers': 'Subscribers of the alarms',
  alarms: 'Alarms',
  'test-event': 'Test event',
} as const

/** The result of one check. `unknown`: it could not be checked, which is not a fault. */
export interface Finding {
  /** For programs: it stays the same when the words change. */
  id: keyof typeof names
  name: string
  state: 'fine' | 'fault' | 'unknown'
  /** What was found. It reads on after the name and a colon. */
  message: string
  /** What to do, in sentences. Missing if nothing is to be done. */
  toDo?: string
}

/** Returns the functions that make a finding about one subject. A fault and an unknown say what to do. */
export function findingAbout(id: Finding['id']) {
  const name = names[id]
  return {
    fine: (message: string): Finding => ({ id, name, state: 'fine', message }),
    fault: (message: string, toDo: string): Finding => ({ id, name, state: 'fault', message, toDo }),
    unknown: (message: string, toDo: string): Finding => ({ id, name, state: 'unknown', message, toDo }),
  }
}
