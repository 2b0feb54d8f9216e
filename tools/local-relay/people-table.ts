/// <reference path="./dynalite.d.ts" />
import { once } from 'node:events'
import { type RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'
import { personRecords } from '../../lib/policy.ts'
import { localAws } from './queues.ts'

/** A DynamoDB on loopback with the table of person records. */
export interface PeopleTable {
  endpoint: string
  tableName: string
  dynamo: DynamoDBClient
  /** While it is down, every connection is destroyed. The data is kept. */
  setDown(isDown: boolean): void
  close(): Promise<void>
}

const tableName = 'kustomer-relay-local-people'

/**
 * Starts a DynamoDB in this process with its data in memory, and creates the table as the stack does, but without
 * expiry, which this DynamoDB does not support. With `endpoint`, it uses a DynamoDB that runs already.
 */
export async function startPeopleTable(endpoint?: string): Promise<PeopleTable> {
  const server = endpoint === undefined ? await startDynalite() : undefined
  const at = endpoint ?? server?.url ?? ''
  const dynamo = new DynamoDBClient({ ...localAws, endpoint: at })
  const key = personRecords.table.key
  await dynamo.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
    }),
  )
  return {
    ...{ endpoint: at, tableName, dynamo },
    setDown: isDown => server?.setDown(isDown),
    async close() {
      dynamo.destroy()
      await server?.close()
    },
  }
}

async function startDynalite() {
  const server = dynalite({ createTableMs: 0 })
  let isDown = false
  const listeners = server.listeners('request') as RequestListener[]
  server.removeAllListeners('request').on('request', (request, response) => {
    if (isDown) request.socket.destroy()
    else for (const serve of listeners) serve(request, response)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setDown(down: boolean) {
      isDown = down
    },
    async close() {
      server.closeAllConnections()
      // Not dynalite's own `close`: it also closes its data in memory, and a request in progress would then throw.
      await new Promise(resolve => Server.prototype.close.call(server, resolve))
    },
  }
}
