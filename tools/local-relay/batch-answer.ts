import type { SQSRecord } from 'aws-lambda'
import type { Invocation } from './container-messages.ts'

/**
 * Returns the records of a batch that succeeded, by Lambda's rules for partial batch responses. Returns undefined if
 * the whole batch failed: there is no answer, or the answer is invalid (not a list, or an item that is not a message of
 * the batch). An empty answer is a success.
 * Source: docs.aws.amazon.com, "Handling errors for an SQS event source", read 2026-11.
 */
export function doneIn(records: SQSRecord[], invocation: Invocation): SQSRecord[] | undefined {
  if (invocation.kind !== 'answered') return undefined
  const { value } = invocation
  if (value === null || value === '') return records
  if (typeof value !== 'object') return undefined
  const failures = 'batchItemFailures' in value ? value.batchItemFailures : null
  if (failures === null) return records
  if (!Array.isArray(failures)) return undefined
  const failed = new Set(
    failures.map((failure: { itemIdentifier?: unknown } | null) => failure?.itemIdentifier),
  )
  const known = new Set<unknown>(records.map(record => record.messageId))
  const isUnderstood = [...failed].every(id => known.has(id))
  return isUnderstood ? records.filter(record => !failed.has(record.messageId)) : undefined
}
