/** Work that only some may do at once. The others wait, in the order in which they came. */
export interface Turns {
  /** Resolves to the function that ends the turn. It must be called once. */
  take(): Promise<() => void>
}

/** Creates turns for `count` at once. */
export function createTurns(count: number): Turns {
  const waiting: (() => void)[] = []
  let free = count
  const end = () => {
    const next = waiting.shift()
    if (next) next()
    else free++
  }
  return {
    async take() {
      if (free > 0) free--
      else await new Promise<void>(resolve => waiting.push(resolve))
      return end
    },
  }
}
