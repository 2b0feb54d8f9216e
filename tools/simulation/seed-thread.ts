import { parentPort } from 'node:worker_threads'
import { simulateSeed } from './simulate-seed.ts'

/** A thread of `simulateSeeds`: a message is a run to simulate, the answer what came of it. */
parentPort?.on('message', async run => parentPort?.postMessage(await simulateSeed(run)))
