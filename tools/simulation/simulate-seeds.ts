import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { RunOptions } from './run.ts'
import { type SeedResult, simulateSeed } from './simulate-seed.ts'

/** Simulates runs, `jobs` at once, each in a thread of its own; the results come in the order of the runs. */
export async function* simulateSeeds(runs: readonly RunOptions[], jobs: number): AsyncGenerator<SeedResult> {
  if (jobs <= 1) {
    for (const run of runs) yield await simulateSeed(run)
    return
  }
  const threads = Array.from({ length: jobs }, () => new Worker(new URL('./seed-thread.ts', import.meta.url)))
  const results = runs.map(() => Promise.withResolvers<SeedResult>())
  for (const { promise } of results) promise.catch(() => {})
  let next = 0
  const work = async (thread: Worker) => {
    for (let index = next++; index < runs.length; index = next++) {
      thread.postMessage(runs[index])
      // Rejects where the thread reports an error.
      const [result] = await once(thread, 'message')
      results[index]?.resolve(result)
    }
  }
  for (const thread of threads)
    work(thread).catch(error => {
      for (const { reject } of results) reject(error)
    })
  try {
    for (const { promise } of results) yield await promise
  } finally {
    await Promise.all(threads.map(thread => thread.terminate()))
  }
}
