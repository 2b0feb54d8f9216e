/** Whether a value is nested deeper than `levels`. The value itself is the first level. It uses no recursion. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  let layer = [value].filter(isContainer)
  for (let depth = 1; layer.length > 0; depth++) {
    if (depth > levels) return true
    layer = layer.flatMap(container => Object.values(container).filter(isContainer))
  }
  return false
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
