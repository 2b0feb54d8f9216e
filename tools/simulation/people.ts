import { personal, personalPhone } from './personal.ts'
import type { Random } from './random.ts'

/** A device with a browser: its anonymous id stays until somebody who logs out resets it. */
export interface Device {
  anonymousId: string
  /** Who is logged in. */
  user?: Person
  isShared: boolean
}

/** Somebody whose events a simulation sends. All their texts are made up and found by `findPersonal`. */
export interface Person {
  index: number
  userId: string
  name: string
  /** The first is the usual one. */
  emails: string[]
  phone: string
  device: Device
  isBot: boolean
  /** The external ids under which they have sent events. */
  externalIds: Set<string>
}

/** How many addresses a person uses over time. */
const addresses = 3

/** Makes people; the last `bots` of them are bots, and the first `sharedDevices` pairs share a device. */
export function createPeople(count: number, sharedDevices: number, bots: number): Person[] {
  const people: Person[] = []
  for (let index = 0; index < count; index++) {
    const before = people.at(-1)
    const isShared = index % 2 === 1 && index < sharedDevices * 2
    const device = before && isShared ? before.device : createDevice(`a${index}`)
    device.isShared ||= isShared
    people.push({
      ...{ index, device, isBot: index >= count - bots, externalIds: new Set() },
      userId: personal(`u${index}`),
      name: personal(`Person ${index}`),
      emails: Array.from({ length: addresses }, (_, i) => personal(`p${index}.${i}@example.test`)),
      phone: personalPhone(index),
    })
  }
  return people
}

/** Gives a device a new anonymous id, as the SDK's `reset()` does. */
export function resetDevice(device: Device, random: Random): void {
  device.anonymousId = personal(`a${random.int(1_000_000_000).toString(36)}`)
}

function createDevice(id: string): Device {
  return { anonymousId: personal(id), isShared: false }
}
