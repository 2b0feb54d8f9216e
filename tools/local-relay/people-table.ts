/// <reference path="./dynalite.d.ts" />
import type { RequestListener } from 'node:http'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import createDynalite from 'dynalite'
import { personRecords } from '../../lib/policy.ts'
import { json } from '../http/response.ts'
import { injectRequest, serveAwsService } from './aws-service.ts'
import { type LocalCredentials, localClient, newCredentials } from './local-aws.ts'

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

/** Where the table is: a DynamoDB that runs already, and the credentials of this run. */
export interface PeopleTableOptions {
  endpoint?: string | undefined
  credentials?: LocalCredentials | undefined
}

const tableName = 'kustomer-relay-local-people'

/**
 * Starts a DynamoDB in this process with its data in memory, and creates the table as the stack does, but without
 * expiry, which this DynamoDB does not support. It refuses other credentials than its own. With `endpoint`, it uses a
 * DynamoDB that runs already.
 */
export async function startPeopleTable({
  endpoint,
  credentials = newCredentials(),
}: PeopleTableOptions = {}): Promise<PeopleTable> {
  const server = endpoint === undefined ? await serveDynamo(credentials.accessKeyId) : undefined
  const at = endpoint ?? server?.url ?? ''
  const dynamo = new DynamoDBClient(localClient(credentials, at))
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
    ...{ endpoint: at, credentials, tableName, dynamo },
    setDown: isDown => server?.setDown(isDown),
    async close() {
      dynamo.destroy()
      await server?.close()
    },
  }
}

async function serveDynamo(accessKeyId: string) {
  const dynalite = createDynalite({ createTableMs: 0 })
  const listeners = dynalite.listeners('request') as RequestListener[]
  const listener: RequestListener = (request, response) => {
    for (const serve of listeners) serve(request, response)
  }
  let isDown = false
  const server = await serveAwsService(accessKeyId, async (request, _, body) => {
    if (isDown) return undefined
    return isJsonObject(body) ? injectRequest(listener, request, body) : notJson
  })
  return {
    ...server,
    setDown(down: boolean) {
      isDown = down
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
