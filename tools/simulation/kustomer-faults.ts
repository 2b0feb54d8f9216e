import type { RequestKind } from '../kustomer-stand-in/types.ts'
import { type FaultRow, faultRows, type Handling } from './fault-rows.ts'
import type { Random } from './random.ts'

/** A fault of one request to Kustomer. */
export type FaultName = keyof typeof faultRows

/** How likely each fault is, from 0 to 1; those that are not named never happen. */
export type FaultChances = Partial<Record<FaultName, number>>

/** Draws at most one fault for a request. Each possible fault is one draw of its own, so that it can be taken away alone. */
export function drawFault(chances: FaultChances, kind: RequestKind, random: Random): FaultName | undefined {
  let drawn: FaultName | undefined
  for (const [name, chance] of Object.entries(chances)) {
    const { kinds }: FaultRow = faultRows[name as FaultName]
    if (drawn || (kinds && !kinds.includes(kind))) continue
    if (random.chance(chance)) drawn = name as FaultName
  }
  return drawn
}

/** What a fault makes of a request. `personal` are texts about people that an unkind answer quotes. */
export function handlingOf(name: FaultName, random: Random, personal: readonly string[]): Handling {
  const { make }: FaultRow = faultRows[name]
  return make(random, personal)
}
