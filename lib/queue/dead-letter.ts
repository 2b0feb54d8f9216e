import type { MessageAttributeValue } from '@aws-sdk/client-sqs'
import type { DeadLetterCode } from '../errors.ts'
import { version } from '../policy.ts'

/** Why a message is dead-lettered, and what is needed to find it again. It holds no personal data but the body. */
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
  /** Set for a track only. */
  eventName?: string | undefined
  messageId?: string | undefined
  groupId?: string | undefined
  /** How often the message was replayed before. */
  replays?: number
}

/** The attributes of a dead letter, parsed. A part that is missing, blank or of a wrong kind is absent. */
export interface ReadDeadLetter {
  code?: string
  why?: string
  status?: number
  attempts?: number
  /** Epoch milliseconds. */
  failedAtMs?: number
  eventType?: string
  eventName?: string
  messageId?: string
  groupId?: string
  /** The version of the relay that wrote it. */
  version?: string
  replays?: number
}

/** The names of the attributes: ten, the maximum that SQS takes (docs.aws.amazon.com, quotas for messages). */
const names = {
  code: 'ERROR_CODE',
  why: 'ERROR_MESSAGE',
  status: 'HTTP_STATUS',
  failedAt: 'FAILED_AT',
  attempts: 'ATTEMPTS',
  eventType: 'EVENT_TYPE',
  eventName: 'EVENT_NAME',
  messageId: 'MESSAGE_ID',
  groupId: 'GROUP_ID',
  version: 'APP_VERSION',
} as const

type Part = keyof typeof names
type Attributes = Record<string, MessageAttributeValue>
const maxLength = 256

/** Writes the attributes of a dead letter, each a text of at most 256 characters. `readAttributes` reads them. */
export function attributesOf(deadLetter: DeadLetter): Attributes {
  const { body, failedAtMs, replays = 0, ...parts } = deadLetter
  const texts: Partial<Record<Part, string | number | undefined>> = {
    ...parts,
    failedAt: new Date(failedAtMs).toISOString(),
    // SQS takes at most ten attributes, so the number of replays shares one.
    version: replays > 0 ? `${version} replay ${replays}` : version,
  }
  const present = Object.entries(names).flatMap(([part, name]) => {
    const clean = cleanText(String(texts[part as Part] ?? ''))
    return clean ? [[name, { DataType: 'String', StringValue: clean }]] : []
  })
  return Object.fromEntries(present)
}

/** Reads the attributes of a dead letter. Texts are returned unchanged and are not safe to display. Never throws. */
export function readAttributes(attributes: Attributes | undefined): ReadDeadLetter {
  const text = (part: Part) => attributes?.[names[part]]?.StringValue?.trim() || undefined
  const number = (part: Part) => finite(Number(text(part) ?? Number.NaN))
  const found = {
    ...{ code: text('code'), why: text('why'), status: number('status'), attempts: number('attempts') },
    ...{ failedAtMs: finite(Date.parse(text('failedAt') ?? '')), eventType: text('eventType') },
    ...{ eventName: text('eventName'), messageId: text('messageId'), groupId: text('groupId') },
    ...versionIn(text('version')),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

function versionIn(text: string | undefined) {
  const [, written = text, replays] = /^(\S+) replay (\d+)$/.exec(text ?? '') ?? []
  return { version: written, replays: finite(Number(replays)) }
}

function finite(number: number): number | undefined {
  return Number.isFinite(number) ? number : undefined
}

/** SQS refuses characters that XML 1.0 does not allow, and some emulators refuse characters beyond the BMP. */
function cleanText(text: string): string {
  return text
    .slice(0, maxLength)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]+/g, '\ufffd')
    .trim()
}
