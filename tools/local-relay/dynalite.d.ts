declare module 'dynalite' {
  import type { Server } from 'node:http'

  /** A server with DynamoDB's API and its data in the folder `path`, or in memory. A new table is ready after `createTableMs`. */
  const dynalite: (options: { createTableMs: number; path?: string }) => Server
  export = dynalite
}
