import { DeleteItemCommand } from '@aws-sdk/client-dynamodb'
import { personRecords } from '../../lib/policy.ts'
import { groupIdOf } from '../../lib/queue/envelope.ts'
import { isOfPerson } from '../dead-letters/is-of-person.ts'
import { purge } from '../dead-letters/purge.ts'
import type { PeopleAccess } from '../dead-letters/relay-access.ts'
import { everything } from '../dead-letters/scan.ts'
import type { Target } from '../dead-letters/targets.ts'
import { ask } from '../terminal/ask.ts'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { safeJson } from '../terminal/safe-json.ts'
import {
  deadLetterCount,
  requireAnswer,
  scanDeadLetters,
  showLine,
  warn,
  warnUnseen,
  withRelay,
} from './session.ts'

/** The options of `erase`. */
export interface EraseCommand extends Target {
  json?: true | undefined
  dryRun?: true | undefined
  yes?: true | undefined
}

/**
 * Finds the dead letters and the records of external ids, and deletes them after a question. Returns the exit code: 1 if
 * something is left.
 */
export async function erase(externalIds: string[], options: EraseCommand, io: CommandIo): Promise<number> {
  if (!options.dryRun) requireAnswer(io, options.yes)
  return withRelay(options, io, async session => {
    const { people } = session.relay
    if (!people) warn(io, 'The person records are not known here: name the relay with --local or --stack.')
    const groupIds = people ? externalIds.map(id => groupIdOf(id, people.salt)) : []
    const records = people ? [...(await people.store.load(groupIds)).keys()] : []
    return scanDeadLetters(session, async scan => {
      const found = await scan.next(everything, one => isOfPerson(one, externalIds))
      showLine(io, '')
      const unseen = await scan.unread()
      warnUnseen(unseen, io)
      const what = `${deadLetterCount(found.length)} and ${records.length} person record${records.length === 1 ? '' : 's'}`
      const isAny = found.length + records.length > 0
      if (options.dryRun || !isAny)
        return close({ found: found.length, records: records.length }, 0, options, io)
      if (!options.yes && !(await ask(io, `Delete ${what} permanently?`, session.signal))) {
        warn(io, 'Nothing was erased.')
        return 0
      }
      const { purged, notPurged } = await purge(scan, found)
      if (people) await deleteRecords(people, records)
      const counts = {
        erasedDeadLetters: purged.length,
        notErased: notPurged.length,
        erasedRecords: records.length,
      }
      await session.audit({ action: 'erase', state: 'ended', filter: { persons: groupIds }, counts })
      return close(counts, notPurged.length + unseen > 0 || !people ? 1 : 0, options, io)
    })
  })
}

async function deleteRecords({ dynamo, tableName }: PeopleAccess, groupIds: string[]) {
  for (const id of groupIds) {
    const Key = { [personRecords.table.key]: { S: id } }
    await dynamo.send(new DeleteItemCommand({ TableName: tableName, Key }))
  }
}

function close(counts: Record<string, number>, code: number, { json }: EraseCommand, { out }: CommandIo) {
  const words = (name: string) => name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
  printLine(
    out,
    json
      ? safeJson(counts, 'line')
      : Object.entries(counts)
          .map(([name, count]) => `${words(name)} ${count}`)
          .join(', '),
  )
  return code
}
