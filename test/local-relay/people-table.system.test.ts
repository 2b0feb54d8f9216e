import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import { personRecords } from '../../lib/policy.ts'
import { startPeopleTable } from '../../tools/local-relay/people-table.ts'

// An error that is thrown while a request is served ends the process: Vitest reports it as unhandled.
test('a table that is closed while it serves requests throws nothing', async () => {
  const { dynamo, tableName, close } = await startPeopleTable()
  const put = (n: number) =>
    dynamo.send(
      new PutItemCommand({ TableName: tableName, Item: { [personRecords.table.key]: { S: `${n}` } } }),
    )
  const puts = Array.from({ length: 200 }, (_, n) => put(n))
  const settled = Promise.allSettled(puts)
  await Promise.race(puts)
  await close()
  expect((await settled).length).toBe(200)
})
