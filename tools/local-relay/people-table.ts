/// <reference path="./dynalite.d.ts" />
import type { RequestListener } from 'node:http'
import { CreateTableCommand, DynamoDBClient, ResourceInUseException } from '@aws-sdk/client-dynamodb'
import createDynalite from 'dynalite'
import { personRecords } from '../../lib/policy.ts'
import { json } from '../http/response.ts'
import { injectRequest, serveAwsService } from './aws-service.ts'
import { type LocalCredentials, localClient, newCredentials } from './local-aws.ts'
import { createDynaliteDatabase } from './storage/dynalite-database.ts'

/** A DynamoDB on loopback with the table of person records. */
export interface PeopleTable {
  endpoint: string
  /** What a client of `endpoint` must use. */
  credentials: LocalCredentials
  tableName: string
  dynamo: DynamoDBClient
  /** While it is down, every connection is destroyed. The data is kept. */
  setDown(isDown: boolean): void
  close(): Promise<void>
}

/** Where the table is: a DynamoDB that runs already, the credentials of this run, and the folder for the data. */
export interface PeopleTableOptions {
  endpoint?: string | undefined
  credentials?: LocalCredentials | undefined
  path?: string | undefined
}

const tableName = 'kustomer-relay-local-people'

/**
 * Starts a DynamoDB in this process with its data in memory or in the folder `path`, and creates the table as the stack
 * does, but without expiry, which this DynamoDB does not support. It refuses other credentials than its own. With
 * `endpoint`, it uses a DynamoDB that runs already.
 */
export async function startPeopleTable({
  endpoint,
  credentials = newCredentials(),
  path,
}: PeopleTableOptions = {}): Promise<PeopleTable> {
  const server = endpoint === undefined ? await serveDynamo(credentials.accessKeyId, path) : undefined
  const at = endpoint ?? server?.url ?? ''
  const dynamo = new DynamoDBClient(localClient(credentials, at))
  await createTable(dynamo)
  return {
    ...{ endpoint: at, credentials, tableName, dynamo },
    setDown: isDown => server?.setDown(isDown),
    async close() {
      dynamo.destroy()
      await server?.close()
    },
  }
}

async function createTable(dynamo: DynamoDBClient): Promise<void> {
  const key = personRecords.table.key
  const request = new CreateTableCommand({
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
  })
  await dynamo.send(request).catch((error: unknown) => {
    // It was kept since the last start.
    if (!(error instanceof ResourceInUseException)) throw error
  })
}

async function serveDynamo(accessKeyId: string, path: string | undefined) {
  const dynalite = createDynalite({ createTableMs: 0, ...(path !== undefined && { path }) })
  const database = createDynaliteDatabase(dynalite)
  const listeners = dynalite.listeners('request') as RequestListener[]
  const listener: RequestListener = (request, response) => {
    for (const serve of listeners) serve(request, response)
  }
  let isDown = false
  const server = await serveAwsService(accessKeyId, async (request, _, body) => {
    if (isDown) return undefined
    return isJsonObject(body) ? database.serving(injectRequest(listener, request, body)) : notJson
  })
  return {
    ...server,
    setDown(down: boolean) {
      isDown = down
    },
    async close() {
      isDown = true
      await server.close()
      await database.close()
    },
  }
}

const notJson = json(400, { __type: 'com.amazon.coral.service#SerializationException' })

/** dynalite throws, and so ends the process, where a body is JSON but no object. */
function isJsonObject(body: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(body.toString())
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
