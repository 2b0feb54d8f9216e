import { createDirectory } from '../../lib/people/directory.ts'

/** A process that has seen 100,000 people and says how much memory it has, in bytes. For the bench. */

const directory = createDirectory()
for (let i = 0; i < 100_000; i++)
  directory.learn(`user-${i}`, `58210c3d0000000${i}`, [`email:person-${i}@example.com`, `phone:+4420${i}`])
if (!directory.get('user-99999')) throw new Error('the directory has forgotten the last one')
process.stdout.write(String(process.memoryUsage().rss))
