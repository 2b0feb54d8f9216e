declare module 'dynalite' {
  import type { Server } from 'node:http'

  /** A server with DynamoDB's API over data in memory; `createTableMs` is how long a new table is not ready. */
  const dynalite: (options: { createTableMs: number }) => Server
  export = dynalite
}
