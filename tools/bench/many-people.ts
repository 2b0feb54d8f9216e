import { createPersonRecords } from '../../lib/people/person-records.ts'

/** A process that has seen 100,000 people and says how much memory it has, in bytes. For the bench. */

const personRecords = createPersonRecords()
for (let i = 0; i < 100_000; i++)
  personRecords.learn(`user-${i}`, `58210c3d0000000${i}`, [
    `email:person-${i}@example.com`,
    `phone:+4420${i}`,
  ])
if (!personRecords.get('user-99999')) throw new Error('the person records has forgotten the last one')
process.stdout.write(String(process.memoryUsage().rss))
