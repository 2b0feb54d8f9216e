import type { RequestRecord } from './types.ts'

/** Requests that are always kept, and how many more may be stored before the oldest are dropped. */
const kept = 200_000
const slack = 20_000

/** Limit of all stored bodies, in bytes. Above it the oldest bodies are dropped; their records stay. */
const maxBodyBytes = 64_000_000

/** Creates the log of requests, bounded in number and in memory. `records` is always the same array. */
export function requestLog() {
  const records: RequestRecord[] = []
  let sizes: number[] = []
  let firstWithBody = 0
  let bytes = 0

  const dropBodies = () => {
    for (; bytes > maxBodyBytes && firstWithBody < records.length; firstWithBody += 1) {
      delete records[firstWithBody]?.body
      bytes -= sizes[firstWithBody] ?? 0
      sizes[firstWithBody] = 0
    }
  }
  const dropRecords = () => {
    const count = records.length - kept
    if (count < slack) return
    records.splice(0, count)
    for (const size of sizes.splice(0, count)) bytes -= size
    firstWithBody = Math.max(0, firstWithBody - count)
  }
  return {
    records,
    /** Adds a record. `size` is the size of the body as received, in bytes. */
    add(record: RequestRecord, size: number): void {
      records.push(record)
      sizes.push(size)
      bytes += size
      dropBodies()
      dropRecords()
    },
    clear(): void {
      records.length = 0
      sizes = []
      firstWithBody = 0
      bytes = 0
    },
  }
}
