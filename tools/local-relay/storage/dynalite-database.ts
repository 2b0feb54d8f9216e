import { once } from 'node:events'
import type { Server } from 'node:http'

/** The database of a dynalite, in memory or on disk. */
export interface DynaliteDatabase {
  /** Passes on a request's response. The database is not closed before it is there. */
  serving<T>(response: Promise<T>): Promise<T>
  /** Closes the database, so that this process can open its folder again. No request may follow. */
  close(): Promise<void>
}

/**
 * Lets the database of a dynalite be closed, whose server does not listen. Dynalite throws if its database is closed
 * while it serves a request.
 */
export function createDynaliteDatabase(dynalite: Server): DynaliteDatabase {
  const served = new Set<Promise<unknown>>()
  return {
    serving(response) {
      served.add(response)
      return response.finally(() => served.delete(response))
    },
    async close() {
      await Promise.allSettled(served)
      // Dynalite closes its database only when it closes its server, and only a server that listens can be closed.
      dynalite.removeAllListeners('request')
      await once(dynalite.listen(0, '127.0.0.1'), 'listening')
      await new Promise(resolve => dynalite.close(resolve))
    },
  }
}
