import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import { personRecords } from '../../lib/policy.ts'
import { type PeopleTable, startPeopleTable } from '../../tools/local-relay/people-table.ts'
import { temporaryFolder } from './temporary-folder.ts'

const itemOf = (n: number) => ({ [personRecords.table.key]: { S: `${n}` } })
const put = ({ dynamo, tableName: TableName }: PeopleTable, n: number) =>
  dynamo.send(new PutItemCommand({ TableName, Item: itemOf(n) }))

/** Closes the table while it serves 200 writes. Returns the numbers of those that it answered. */
async function closeWhileServing(table: PeopleTable): Promise<number[]> {
  const puts = Array.from({ length: 200 }, (_, n) => put(table, n))
  const settled = Promise.allSettled(puts)
  await Promise.race(puts)
  await table.close()
  return (await settled).flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []))
}

// An error that is thrown while a request is served ends the process: Vitest reports it as unhandled.
test('a table that is closed while it serves requests throws nothing', async () => {
  expect((await closeWhileServing(await startPeopleTable())).length).toBeGreaterThan(0)
})

test('a table in a folder can be closed and opened again, and has every answered write', async () => {
  const path = temporaryFolder()
  const answered = await closeWhileServing(await startPeopleTable({ path }))
  expect(answered.length).toBeGreaterThan(0)
  const again = await startPeopleTable({ path })
  const { dynamo, tableName: TableName } = again
  const found = answered.map(n => dynamo.send(new GetItemCommand({ TableName, Key: itemOf(n) })))
  expect((await Promise.all(found)).map(({ Item }) => Item)).toEqual(answered.map(itemOf))
  await put(again, 500)
  await again.close()
})
