interface Entry<T> {
  key: number
  order: number
  item: T
}

/** Items by key, smallest first; those of the same key in the order in which they were added. */
export interface PriorityQueue<T> {
  readonly size: number
  add(key: number, item: T): void
  /** The key of the next item; undefined where none is left. */
  nextKey(): number | undefined
  /** Removes the next item. */
  take(): T | undefined
}

/** A binary heap: adding and taking cost the logarithm of the number of items. */
export function createPriorityQueue<T>(): PriorityQueue<T> {
  const heap: Entry<T>[] = []
  let added = 0
  return {
    get size() {
      return heap.length
    },
    nextKey: () => heap[0]?.key,
    add(key, item) {
      siftUp(heap, { key, order: added++, item })
    },
    take() {
      const [first] = heap
      const last = heap.pop()
      if (last && heap.length > 0) siftDown(heap, last)
      return first?.item
    },
  }
}

function isBefore(a: Entry<unknown>, b: Entry<unknown>): boolean {
  return a.key < b.key || (a.key === b.key && a.order < b.order)
}

/** Adds an entry at the end and moves it up to its place. */
function siftUp<T>(heap: Entry<T>[], entry: Entry<T>) {
  let index = heap.length
  while (index > 0) {
    const parentIndex = (index - 1) >> 1
    const parent = heap[parentIndex]
    if (!parent || !isBefore(entry, parent)) break
    heap[index] = parent
    index = parentIndex
  }
  heap[index] = entry
}

/** Puts an entry in the place of the first and moves it down to its own. */
function siftDown<T>(heap: Entry<T>[], entry: Entry<T>) {
  let index = 0
  for (;;) {
    const left = heap[2 * index + 1]
    const right = heap[2 * index + 2]
    const isRight = left !== undefined && right !== undefined && isBefore(right, left)
    const child = isRight ? right : left
    if (!child || !isBefore(child, entry)) break
    heap[index] = child
    index = 2 * index + (isRight ? 2 : 1)
  }
  heap[index] = entry
}
