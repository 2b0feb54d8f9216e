import type { Setup } from '../../server/shapes.ts'
import { ask } from './api.ts'

let known: Setup | undefined

/** Requests what the console shows and may do. Rejects if the server does not answer. */
export async function loadSetup(): Promise<void> {
  known = await ask<Setup>('/local/setup')
}

/** Returns what `loadSetup` has loaded. @throws Error before that. */
export function setup(): Setup {
  if (!known) throw new Error('the setup is not loaded yet')
  return known
}
