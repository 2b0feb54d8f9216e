import type { Note } from '../call.ts'
import { leaveOut } from '../note.ts'
import { copyOwn } from '../set-own.ts'
import { type Fields, isFields, isPresent, own, textOf } from '../view.ts'
import type { Shape } from './shapes.ts'

/** An item of a list of e-mails or phones, with all keys that the sender gave. */
export type AddressItem = Fields & { type: unknown }

type Key = 'email' | 'phone'

/**
 * A list of addresses from a text, an object, or a list of either. Each address is trimmed, and is there once, without
 * regard to case; its type is `home` if none is given. Undefined stands for a value that is not an address.
 */
export function addresses(key: Key): Shape<(AddressItem | undefined)[]> {
  return (value, path, notes) => {
    if (!Array.isArray(value)) {
      const only = addressItem(value, key, path, notes)
      return only && [only]
    }
    const items: (AddressItem | undefined)[] = []
    const seen = new Set<string>()
    for (let index = 0; index < value.length; index++) {
      const at = `${path}.${index}`
      const item = addressItem(value[index], key, at, notes)
      items.push(item === undefined ? undefined : onceOnly(item, key, seen, at, notes))
    }
    return seen.size > 0 ? items : undefined
  }
}

/** The item, unless its address was seen before, without regard to case. */
function onceOnly(
  item: AddressItem,
  key: Key,
  seen: Set<string>,
  path: string,
  notes: Note[],
): AddressItem | undefined {
  const address = String(item[key]).toLowerCase()
  if (seen.has(address)) return leaveOut(notes, path, `the same ${key} again`)
  seen.add(address)
  return item
}

function addressItem(item: unknown, key: Key, path: string, notes: Note[]): AddressItem | undefined {
  const isObject = isFields(item)
  const address = textOf(isObject ? own(item, key) : item)?.trim()
  if (address === undefined) return isPresent(item) ? leaveOut(notes, path, `no ${key} in it`) : undefined
  if (!isObject) return key === 'email' ? { type: 'home', email: address } : { type: 'home', phone: address }
  const type = own(item, 'type')
  return Object.assign(copyOwn(item), { type: isPresent(type) ? type : 'home', [key]: address })
}
