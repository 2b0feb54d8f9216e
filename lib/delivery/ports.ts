import type { Request } from '../kustomer/client.ts'
import type { endpoints } from '../kustomer/endpoints.ts'
import type { Directory } from '../people/directory.ts'
import type { Misses } from '../people/misses.ts'
import type { Clock } from '../runtime/clock.ts'

/** All that a delivery may touch. */
export interface DeliveryPorts {
  request: Request
  endpoints: ReturnType<typeof endpoints>
  directory: Directory
  misses: Misses
  clock: Pick<Clock, 'now'>
}
