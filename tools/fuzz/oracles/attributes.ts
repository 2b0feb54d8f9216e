import type { MessageAttributeValue } from '@aws-sdk/client-sqs'
import { queue } from '../../../lib/policy.ts'
import { must } from '../target.ts'
import { holdsNoMark } from './marks.ts'

/** Characters that SQS takes: those of XML 1.0 (docs.aws.amazon.com, `SendMessage`). */
const accepted = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd]+$/

/** Checks that SQS takes the attributes of a dead letter, that they fit beside its body, and hold no personal text. */
export function areAttributes(attributes: Record<string, MessageAttributeValue>): void {
  const entries = Object.entries(attributes)
  must(entries.length <= 10, 'a dead letter has at most ten attributes', entries.length)
  let bytes = 0
  for (const [name, { DataType = '', StringValue = '' }] of entries) {
    must(accepted.test(StringValue), 'SQS takes every attribute', [name, StringValue])
    must(StringValue.length <= 256, 'an attribute has at most 256 characters', [name, StringValue.length])
    bytes += [name, DataType, StringValue].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  }
  must(bytes <= queue.attributeReserveBytes, 'the attributes fit into their reserve', bytes)
  const isTrack = attributes.EVENT_TYPE?.StringValue === 'track'
  must(isTrack || !attributes.EVENT_NAME, 'only a track has a name', attributes)
  holdsNoMark(attributes, 'attributes')
}
