import type { Preview } from '../../server/shapes.ts'

/** Whether Kustomer would refuse the call of an event, as far as its schemas say. */
export function isDoomed(preview: Preview | undefined): boolean {
  return preview?.kind === 'call' && preview.faults.length > 0
}
