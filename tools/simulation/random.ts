/** Random numbers from a seed: the same seed and the same calls give the same numbers on every machine. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number from 0 up to, not including, `n`. */
  int(n: number): number
  /** True with this probability. This is how faults are drawn: see `RandomOptions`. */
  chance(probability: number): boolean
  /** One of these. Throws a RangeError where there is none. */
  pick<T>(list: readonly T[]): T
  /**
   * Numbers of their own for a part of the simulation, so that one part that draws more often does not change what
   * another one gets. The same name always gives the same numbers.
   */
  fork(name: string): Random
}

/** How the search for a shorter run takes single faults away. */
export interface RandomOptions {
  /** Called with the name of every `chance` that came true: the path of forks and the number of the draw. */
  onHit?(draw: string): void
  /** Draws that are false whatever the numbers say. */
  suppressed?: ReadonlySet<string>
}

/** A generator by mulberry32 (Tommy Ettinger, public domain): small, quick, and good enough to choose faults by. */
export function createRandom(seed: number, options: RandomOptions = {}, path = ''): Random {
  let state = hash(seed >>> 0, path)
  let draws = 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (n: number) => Math.floor(next() * n)
  return {
    next,
    int,
    chance(probability) {
      draws++
      if (next() >= probability) return false
      const draw = `${path}#${draws}`
      if (options.suppressed?.has(draw)) return false
      options.onHit?.(draw)
      return true
    },
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new RangeError('nothing to pick from')
      return list[int(list.length)] as T
    },
    fork: name => createRandom(seed, options, path === '' ? name : `${path}/${name}`),
  }
}

/** 32-bit FNV-1a of a text, started from a seed (Fowler, Noll and Vo; public domain). */
function hash(seed: number, text: string): number {
  let value = (0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1)) >>> 0
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0
  return value
}
