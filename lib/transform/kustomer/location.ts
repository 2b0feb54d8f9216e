import { leaveOut } from '../note.ts'
import { type Fields, isFields, isPresent, own, textOf } from '../view.ts'
import { type Fit, textUpTo } from './fits.ts'
import { limits } from './limits.ts'
import type { Shape } from './shapes.ts'

/** The location that an address gives. */
type Location = {
  type: string
  address: string
}

/** The parts of an address in order. If a part has two spellings, the first that is present wins. */
const parts = [['street'], ['city'], ['state'], ['postalCode', 'zip'], ['country']]
const fitAddress = textUpTo(limits.addressLength)

/** An address as a list of one location. The address is a text, or an object whose parts are joined by one blank. */
export const location: Shape<Location[]> = (value, path, notes) => {
  const address = isFields(value) ? joinedParts(value) : textOf(value)
  if (address !== undefined) return [{ type: 'home', address }]
  return isPresent(value) ? leaveOut(notes, path, 'it has no part of an address') : undefined
}

/** Locations whose address is not too long. */
export const locations: Fit<Location[], Location[]> = ([given], path, notes) => {
  if (given === undefined) return undefined
  const { type, address } = given
  const short = fitAddress(address, path, notes)
  return short === undefined ? undefined : [{ type, address: short }]
}

function joinedParts(address: Fields): string | undefined {
  let joined = ''
  for (const [key = '', other] of parts) {
    const part = textOf(own(address, key)) ?? (other && textOf(own(address, other)))
    if (part !== undefined) joined += joined === '' ? part.trim() : ` ${part.trim()}`
  }
  return joined === '' ? undefined : joined
}
