import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb'
import { personRecords, rate } from '../policy.ts'
import type { RateItem } from './rate-item.ts'
import type { IdleRate, RateStore } from './rate-store.ts'

type Attributes = Record<string, AttributeValue>

const key = { [personRecords.table.key]: { S: rate.itemId } }

/**
 * Keeps the item of the rate limit in the table of the person records. Reads are consistent; a write is conditional on
 * the version. The item has no expiry. Rejects with whatever the SDK throws.
 */
export function createRateTable(dynamo: Pick<DynamoDBClient, 'send'>, tableName: string): RateStore {
  return {
    async load() {
      const get = new GetItemCommand({ TableName: tableName, Key: key, ConsistentRead: true })
      const { Item } = await dynamo.send(get)
      return { item: itemOf(Item ?? {}), version: numberIn(Item?.version) ?? 0 }
    },
    async save(item, version) {
      try {
        await dynamo.send(new PutItemCommand({ TableName: tableName, ...writeOf(item, version) }))
        return true
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false
        throw error
      }
    },
    async saveIdle(item, expected) {
      try {
        const update = new UpdateItemCommand({ TableName: tableName, ...idleUpdateOf(item, expected) })
        return numberIn((await dynamo.send(update)).Attributes?.version)
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return undefined
        throw error
      }
    },
  }
}

function writeOf({ isYielding, ...numbers }: RateItem, version: number) {
  const asNumbers = Object.entries({ ...numbers, version: version + 1 }).map(
    ([name, value]) => [name, { N: String(value) }] as const,
  )
  const isNew = version === 0
  return {
    Item: { ...key, isYielding: { BOOL: isYielding }, ...Object.fromEntries(asNumbers) } satisfies Attributes,
    ConditionExpression: isNew ? 'attribute_not_exists(#version)' : '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ...(!isNew && { ExpressionAttributeValues: { ':version': { N: String(version) } } }),
  }
}

/** The condition is `isIdle` (`rate-store.ts`), and that the item exists. */
function idleUpdateOf({ isYielding, ...numbers }: RateItem, { idleSinceMs, epoch, nowMs }: IdleRate) {
  const names = ['isYielding', 'version', ...Object.keys(numbers)]
  const number = (value: number) => ({ N: String(value) })
  return {
    Key: key,
    UpdateExpression: `SET #isYielding = :isYielding, #version = #version + :one, ${Object.keys(numbers)
      .map(name => `#${name} = :${name}`)
      .join(', ')}`,
    ConditionExpression:
      '#nextMs <= :idle AND #closedUntilMs <= :idle AND #isYielding = :no AND #epoch = :before AND #writtenMs <= :now',
    ExpressionAttributeNames: Object.fromEntries(names.map(name => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [`:${name}`, number(value)])),
      ...{ ':isYielding': { BOOL: isYielding }, ':no': { BOOL: false }, ':one': number(1) },
      ...{ ':idle': number(idleSinceMs), ':before': number(epoch), ':now': number(nowMs) },
    },
    ReturnValues: 'UPDATED_NEW',
  } satisfies Omit<UpdateItemCommandInput, 'TableName'>
}

/** The item in these attributes. Undefined unless it is complete. */
function itemOf(attributes: Attributes): RateItem | undefined {
  const [nextMs, closedUntilMs, epoch, writtenMs] = ['nextMs', 'closedUntilMs', 'epoch', 'writtenMs'].map(
    name => numberIn(attributes[name]),
  )
  const isYielding = attributes.isYielding?.BOOL
  if (nextMs === undefined || closedUntilMs === undefined || isYielding === undefined) return undefined
  if (epoch === undefined || writtenMs === undefined) return undefined
  return { nextMs, closedUntilMs, isYielding, epoch, writtenMs }
}

function numberIn(value: AttributeValue | undefined): number | undefined {
  const number = Number(value?.N ?? Number.NaN)
  return Number.isFinite(number) ? number : undefined
}
