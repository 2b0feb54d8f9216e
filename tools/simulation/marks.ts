import { itemsOf } from '../kustomer-stand-in/identifiers.ts'
import { objectOf } from '../kustomer-stand-in/person.ts'
import type { Attributes } from '../kustomer-stand-in/types.ts'

/** A mark names the content of one event and is seen wherever that content ends up: `m1`, `m2` … */
export type Mark = string

/** How many digits a mark may have is not fixed; nothing else in a simulation looks like one. */
const [customMark, messageMark] = [/^(m\d+)Str$/, /"messageId":"msg-(m\d+)"/]

/** The trait `customObject` of an identify that carries a mark: a custom attribute of its own. */
export function markedTraits(mark: Mark): Record<string, string> {
  return { [`${mark}Str`]: 'seen' }
}

/** The `messageId` of an event; messages are told apart by it, also where two events have the same content. */
export function messageIdOf(mark: Mark): string {
  return `msg-${mark}`
}

/** The marks in the body of a request: of an event one, of a customer one for each identify that it stands for. */
export function marksIn(body: Attributes): Mark[] {
  const { mark } = objectOf(objectOf(body.event).meta)
  if (typeof mark === 'string') return [mark]
  return Object.keys(objectOf(body.custom)).flatMap(name => customMark.exec(name)?.[1] ?? [])
}

/** The mark in the body of a queue message; undefined where there is none. */
export function markOfMessage(body: string): Mark | undefined {
  return messageMark.exec(body)?.[1]
}

/** The texts of a list of a customer: the addresses of `emails`, the ids of `externalIds`. */
export function textsOf(attributes: Attributes | undefined, list: string, key: string): string[] {
  return itemsOf(attributes?.[list]).map(item => String(item[key]))
}
