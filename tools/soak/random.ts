/** Random numbers from a seed. The same seed gives the same numbers on every machine. */
export interface Random {
  /** Returns a number from 0 up to, but not including, 1. */
  next(): number
  /** Returns a whole number from 0 up to, but not including, `below`. */
  whole(below: number): number
  /** Returns a random item, in proportion to the weights if there are any. */
  pick<T>(items: readonly T[], weightOf?: (item: T) => number): T
}

/** Creates a mulberry32 generator (Tommy Ettinger, public domain): small, and good enough to choose faults. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    whole: below => Math.floor(next() * below),
    pick(items, weightOf = () => 1) {
      let left = next() * items.reduce((sum, item) => sum + weightOf(item), 0)
      const found = items.find(item => {
        left -= weightOf(item)
        return left < 0
      })
      const chosen = found ?? items.at(-1)
      if (chosen === undefined) throw new Error('nothing to pick from')
      return chosen
    },
  }
}
