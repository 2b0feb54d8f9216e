import type { Sent } from './account.ts'
import type { Random } from './random.ts'

/** A person of a soak, with all the personal data that must not be in a log. */
export interface SoakPerson {
  id: string
  email: string
  phone: string
  /** The first part of each name in the person's identifies. */
  name: string
  note: string
}

/** Returns people with unique e-mail, phone, name and note, so that a search of the logs can find them. */
export function people(count: number, random: Random): SoakPerson[] {
  return Array.from({ length: count }, (_, i) => {
    const word = Array.from({ length: 8 }, () => String.fromCharCode(97 + random.whole(26))).join('')
    const digits = String(1_000_000 + random.whole(8_999_999))
    return {
      id: `user-${word}-${i}`,
      email: `${word}.${i}@soak.example`,
      phone: `+4915${digits}${String(i).padStart(4, '0')}`,
      name: `${word.charAt(0).toUpperCase()}${word.slice(1)} Quill`,
      note: `please call ${word} back, order ${digits}`,
    }
  })
}

/** Returns the n-th event of a soak, of a random person. A fifth are identifies, the others are tracking events. */
export function event(n: number, all: SoakPerson[], random: Random): Sent {
  const person = random.pick(all)
  const messageId = `soak-${n}`
  const who = { messageId, userId: person.id }
  if (random.next() < 0.2) {
    const mark = `${person.name} ${n}`
    const traits = { name: mark, email: person.email, phone: person.phone }
    return { person: person.id, mark, event: { type: 'identify', ...who, traits } }
  }
  const mark = `Soak-Step-${n}`
  const properties = { total: random.whole(10_000), note: person.note }
  return { person: person.id, mark, event: { type: 'track', event: mark, ...who, properties } }
}
