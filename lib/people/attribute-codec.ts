import type { AttributeValue } from '@aws-sdk/client-dynamodb'

/**
 * Converts a value to a DynamoDB attribute and back. In both directions, a value of the wrong kind becomes undefined,
 * which counts as absent. Never throws.
 */
export interface Codec<T> {
  write(value: T | undefined): AttributeValue | undefined
  read(value: AttributeValue | undefined): T | undefined
}

/** Texts that match a pattern. */
export function text<T extends string>(pattern: RegExp): Codec<T> {
  const check = (found: string | undefined) => {
    const matches = typeof found === 'string' && pattern.test(found)
    return matches ? (found as T) : undefined
  }
  return {
    write: value => mapped(check(value), S => ({ S })),
    read: value => check(value?.S),
  }
}

/** Whole numbers: a time in epoch milliseconds, a count. */
export const integer: Codec<number> = {
  write: value => mapped(wholeOf(value), whole => ({ N: String(whole) })),
  read: value => mapped(value?.N, digits => wholeOf(Number(digits))),
}

/**
 * A hash and a time as one short text `hash:time` (the time in base 36): 25 bytes, less than half the size of a map.
 * `hashName` and `timeName` are the names of the two fields in the value.
 */
export function stamped<H extends string, T extends string>(hashName: H, timeName: T, pattern: RegExp) {
  type Stamped = Record<H, string> & Record<T, number>
  const codec: Codec<Stamped> = {
    write(value) {
      const at = wholeOf(value?.[timeName])
      if (value === undefined || at === undefined || !pattern.test(value[hashName])) return undefined
      return { S: `${value[hashName]}:${at.toString(36)}` }
    },
    read(value) {
      const [, hash = '', time = ''] = /^(.*):(-?[0-9a-z]{1,11})$/.exec(value?.S ?? '') ?? []
      const at = wholeOf(Number.parseInt(time, 36))
      if (at === undefined || !pattern.test(hash)) return undefined
      return { [hashName]: hash, [timeName]: at } as Stamped
    },
  }
  return codec
}

/**
 * Lists of at most `max` items; the last ones are kept. An empty list is not written, and a missing one is read as
 * empty.
 */
export function list<T>(item: Codec<T>, max: number) {
  return {
    write(values: T[]): AttributeValue | undefined {
      const L = values.flatMap(value => item.write(value) ?? []).slice(-max)
      return L.length === 0 ? undefined : { L }
    },
    read: (value: AttributeValue | undefined): T[] =>
      (value?.L ?? []).flatMap(one => item.read(one) ?? []).slice(-max),
  }
}

function wholeOf(value: number | undefined): number | undefined {
  const whole = Math.trunc(value ?? Number.NaN)
  return Number.isSafeInteger(whole) ? whole : undefined
}

function mapped<A, B>(value: A | undefined, map: (value: A) => B | undefined): B | undefined {
  return value === undefined ? undefined : map(value)
}
