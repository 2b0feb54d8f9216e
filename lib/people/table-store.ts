import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { personRecords as limits } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import type { PeopleStore } from './person.ts'
import type { Item } from './person-item.ts'
import { updateOf } from './person-update.ts'
import { storedPersonOf } from './stored-item.ts'

const { key } = limits.table

/**
 * Creates a store of person records in a DynamoDB table: one item per person, with the key `id` (the message group id).
 * Reads are consistent. Unknown attributes stay as they are. Rejects with whatever the SDK throws.
 */
export function createTableStore(
  dynamo: Pick<DynamoDBClient, 'send'>,
  tableName: string,
  clock: Clock,
): PeopleStore {
  return {
    async load(groupIds) {
      const ids = [...new Set(groupIds)]
      const batches = Array.from({ length: Math.ceil(ids.length / limits.batchGetSize) }, (_, i) =>
        ids.slice(i * limits.batchGetSize, (i + 1) * limits.batchGetSize),
      )
      const items = await Promise.all(batches.map(batch => readItems(dynamo, tableName, batch, clock)))
      return peopleOf(items.flat(), clock.now())
    },
    async save(groupId, person, version) {
      try {
        const write = { tableName, groupId, person, version, nowMs: clock.now() }
        await dynamo.send(new UpdateItemCommand(updateOf(write)))
        return version + 1
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return undefined
        throw error
      }
    },
  }
}

/** Makes a `BatchGetItem`, and repeats it for the keys that DynamoDB did not process, with a growing delay. */
async function readItems(
  dynamo: Pick<DynamoDBClient, 'send'>,
  tableName: string,
  ids: string[],
  clock: Clock,
): Promise<Item[]> {
  const found: Item[] = []
  let Keys: Item[] = ids.map(id => ({ [key]: { S: id } }))
  for (let delayMs: number = limits.unprocessedDelayMs; ; delayMs *= 2) {
    const RequestItems = { [tableName]: { Keys, ConsistentRead: true } }
    const answer = await dynamo.send(new BatchGetItemCommand({ RequestItems }))
    for (const item of answer.Responses?.[tableName] ?? []) found.push(item)
    Keys = answer.UnprocessedKeys?.[tableName]?.Keys ?? []
    if (Keys.length === 0) return found
    if (delayMs > limits.timeoutMs / 2) throw new Error(`DynamoDB left ${Keys.length} keys unprocessed`)
    await clock.sleep(delayMs)
  }
}

function peopleOf(items: Item[], nowMs: number) {
  return new Map(
    items.flatMap(item => {
      const id = item[key]?.S
      const stored = storedPersonOf(item, nowMs)
      return id !== undefined && stored ? [[id, stored] as const] : []
    }),
  )
}
