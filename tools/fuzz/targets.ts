import { answers } from './answers.ts'
import { ingest } from './ingest.ts'
import { queue } from './queue.ts'
import type { Target } from './target.ts'
import { transformation } from './transformation.ts'
import { worker } from './worker.ts'

/** All targets by name, in the order of an event's way. */
export const targets: ReadonlyMap<string, Target> = new Map(
  [ingest, queue, transformation, answers, worker].map(target => [target.name, target as Target]),
)
