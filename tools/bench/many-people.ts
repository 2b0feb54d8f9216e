import { emptyPerson } from '../../lib/people/person.ts'
import { createPersonMemory } from '../../lib/people/person-memory.ts'

/** A process that stores the records of 100,000 people and prints its memory in bytes. For the bench. */

const memory = createPersonMemory({ now: Date.now })
for (let i = 0; i < 100_000; i++) {
  const person = emptyPerson()
  person.customerId = `58210c3d0000000${i}`
  person.addresses = [`email-hash-${i}`, `phone-hash-${i}`]
  memory.set(`group-${i}`, { person, version: 1, savedText: JSON.stringify(person) })
}
if (!memory.get('group-99999')) throw new Error('the last person is missing')
process.stdout.write(String(process.memoryUsage().rss))
