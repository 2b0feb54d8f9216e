import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb'
import { personRecords as limits } from '../policy.ts'
import type { Person } from './person.ts'
import { attributesOf } from './person-item.ts'
import { expiryOf } from './stored-item.ts'

const { key, expiry } = limits.table

/** A write of a person to a table. `version` is the one that was read (0: none). */
export interface PersonWrite {
  tableName: string
  groupId: string
  person: Person
  version: number
  nowMs: number
}

/** True for no item, for one without a readable version, and for one that has expired but is not deleted yet. */
const isNew = 'attribute_not_exists(#version) OR NOT attribute_type(#version, :number) OR #expiry <= :now'

/**
 * Builds the update that writes all known parts of a person, removes the unknown ones, and leaves other attributes as
 * they are. Its condition holds only while the item still has the version that was read.
 */
export function updateOf({
  tableName,
  groupId,
  person,
  version,
  nowMs,
}: PersonWrite): UpdateItemCommandInput {
  const attributes = Object.entries(attributesOf(person))
  const set = attributes.flatMap(([name, value]) => (value ? [{ name, value }] : []))
  const remove = attributes.flatMap(([name, value]) => (value ? [] : [name]))
  const sets = ['#version = :next', '#expiry = :expiry', ...set.map(({ name }) => `#${name} = :${name}`)]
  const removes = remove.map(name => `#${name}`)
  return {
    TableName: tableName,
    Key: { [key]: { S: groupId } },
    UpdateExpression: `SET ${sets.join(', ')}${removes.length > 0 ? ` REMOVE ${removes.join(', ')}` : ''}`,
    ConditionExpression: version === 0 ? isNew : '#version = :read',
    ExpressionAttributeNames: {
      '#version': 'version',
      '#expiry': expiry,
      ...Object.fromEntries(attributes.map(([name]) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ':next': { N: String(version + 1) },
      ':expiry': { N: String(expiryOf(nowMs)) },
      ...(version === 0
        ? { ':number': { S: 'N' }, ':now': { N: String(Math.floor(nowMs / 1_000)) } }
        : { ':read': { N: String(version) } }),
      ...Object.fromEntries(set.map(({ name, value }) => [`:${name}`, value])),
    },
  }
}
