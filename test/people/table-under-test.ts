import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import type { Item } from '../../lib/people/person-item.ts'
import { createTableStore } from '../../lib/people/table-store.ts'
import { personRecords } from '../../lib/policy.ts'
import { startPeopleTable } from '../../tools/local-relay/people-table.ts'
import type { FakeClock } from '../runtime/fake-clock.ts'
import type { StoreUnderTest } from './conformance.ts'

/** Two stores with one table: in dynalite in this process, or in the DynamoDB at `endpoint`. */
export async function tableUnderTest(clock: FakeClock, endpoint?: string): Promise<StoreUnderTest> {
  const { dynamo, tableName: TableName, close } = await startPeopleTable({ endpoint })
  const store = () => createTableStore(dynamo, TableName, clock)
  const keyOf = (groupId: string) => ({ [personRecords.table.key]: { S: groupId } })
  return {
    stores: [store(), store()],
    async item(groupId) {
      const { Item } = await dynamo.send(
        new GetItemCommand({ TableName, Key: keyOf(groupId), ConsistentRead: true }),
      )
      return Item && withoutKey(Item)
    },
    async put(groupId, item) {
      await dynamo.send(new PutItemCommand({ TableName, Item: { ...item, ...keyOf(groupId) } }))
    },
    close,
  }
}

function withoutKey({ [personRecords.table.key]: _key, ...rest }: Item): Item {
  return rest
}
