import type { MessageAttributeValue } from '@aws-sdk/client-sqs'
import type { DeadLetterCode } from '../errors.ts'
import { version } from '../policy.ts'

/** Why a message is dead-lettered, and what a person needs to find it again. Nothing personal; absent parts are left out. */
export interface DeadLetter {
  body: string
  code: DeadLetterCode
  /** At most 256 characters. */
  why: string
  status?: number | undefined
  attempts: number
  /** Epoch milliseconds. */
  failedAtMs: number
  eventType?: string | undefined
  eventName?: string | undefined
  messageId?: string | undefined
  groupId?: string | undefined
}

const maxLength = 256

/** The ten attributes of a dead letter (ten is SQS's limit), each a text of at most 256 characters that SQS takes. */
export function attributesOf(deadLetter: DeadLetter): Record<string, MessageAttributeValue> {
  const texts = {
    ERROR_CODE: deadLetter.code,
    ERROR_MESSAGE: deadLetter.why,
    HTTP_STATUS: deadLetter.status?.toString(),
    FAILED_AT: new Date(deadLetter.failedAtMs).toISOString(),
    ATTEMPTS: deadLetter.attempts.toString(),
    EVENT_TYPE: deadLetter.eventType,
    EVENT_NAME: deadLetter.eventName,
    MESSAGE_ID: deadLetter.messageId,
    GROUP_ID: deadLetter.groupId,
    APP_VERSION: version,
  }
  const present = Object.entries(texts).flatMap(([name, text]) => {
    const clean = cleanText(text ?? '')
    return clean ? [[name, { DataType: 'String', StringValue: clean }]] : []
  })
  return Object.fromEntries(present)
}

/** SQS refuses what XML 1.0 has no place for, and some emulators what lies beyond the BMP. */
function cleanText(text: string): string {
  return text
    .slice(0, maxLength)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]+/g, '\ufffd')
    .trim()
}
