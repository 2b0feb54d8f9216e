import { refuse, rememberAddresses } from '../../lib/people/addresses.ts'
import { rememberDelivered } from '../../lib/people/delivered.ts'
import { hashOf } from '../../lib/people/hash-of.ts'
import { emptyPerson, type Person } from '../../lib/people/person.ts'

/** A hash as in a record. */
export const hash = (text: string | number) => hashOf('salt of a test', String(text))

const counted = <T>(count: number, of: (index: number) => T) => Array.from({ length: count }, (_, i) => of(i))

/** A person with every part filled: so many addresses, refused ones and delivered events, a second apart. */
export function samplePerson(count: number, atMs = 1_800_000_000_000): Person {
  const person: Person = {
    ...emptyPerson(),
    customerId: '58210c3db0f09110006b7953',
    role: 'user',
    identify: { fingerprint: hash('fingerprint'), deliveredAtMs: atMs + 1 },
    newestIdentifyMs: atMs - 1_234,
    waiting: { messageId: hash('message'), firstAttemptMs: atMs, counts: { unavailable: 2, conflict: 1 } },
  }
  rememberAddresses(
    person,
    counted(count, i => hash(`address ${i}`)),
  )
  for (const i of counted(count, i => i)) refuse(person, hash(`refused ${i}`), atMs + i * 1_000)
  for (const i of counted(count, i => i)) rememberDelivered(person, hash(`event ${i}`), atMs + i * 1_000)
  return person
}
