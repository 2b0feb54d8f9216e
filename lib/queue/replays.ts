import type { MessageAttributeValue } from '@aws-sdk/client-sqs'

const name = 'REPLAYS'

/**
 * The attribute of a queue message that says how often it was replayed from the dead-letter queue. `replaysIn` reads
 * it.
 */
export function replayAttributes(count: number): Record<string, MessageAttributeValue> {
  return { [name]: { DataType: 'String', StringValue: String(count) } }
}

/** How often a message was replayed, from its attributes in Lambda's format; 0 when there is none. Never throws. */
export function replaysIn(attributes: Record<string, { stringValue?: string | undefined }>): number {
  const text = attributes[name]?.stringValue ?? ''
  return /^\d{1,9}$/.test(text) ? Number(text) : 0
}
