import type { Request } from '../kustomer/client.ts'
import type { endpoints } from '../kustomer/endpoints.ts'
import type { NotFoundCache } from '../people/not-found-cache.ts'
import type { PersonRecords } from '../people/person-records.ts'
import type { Clock } from '../runtime/clock.ts'

/** All that a delivery may touch. */
export interface DeliveryPorts {
  request: Request
  endpoints: ReturnType<typeof endpoints>
  personRecords: PersonRecords
  notFound: NotFoundCache
  clock: Pick<Clock, 'now'>
}
