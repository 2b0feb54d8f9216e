declare module 'dynalite' {
  import type { Server } from 'node:http'

  /** A server with DynamoDB's API and its data in memory. A new table is ready after `createTableMs`. */
  const dynalite: (options: { createTableMs: number }) => Server
  export = dynalite
}
