import { ListQueuesCommand } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newCredentials } from '../../tools/local-relay/local-aws.ts'
import { type PeopleTable, startPeopleTable } from '../../tools/local-relay/people-table.ts'
import { type Queues, startQueues } from '../../tools/local-relay/queues.ts'
import { type SecretStore, startSecretStore } from '../../tools/local-relay/secret-store.ts'
import { accessHeaders } from '../system/access-headers.ts'
import { abortedRequest, rawRequest } from './raw-request.ts'

const credentials = newCredentials()
let [queues, table, store] = [{} as Queues, {} as PeopleTable, {} as SecretStore]

beforeAll(async () => {
  queues = await startQueues(30, { credentials })
  table = await startPeopleTable({ credentials })
  store = await startSecretStore({ key: 'the value' }, credentials)
})
afterAll(() => Promise.all([queues.close(), table.close(), store.close()]))

/** Each service: its address, and a request that it answers with 200. */
const services = {
  'the queues': {
    url: () => queues.endpoint,
    headers: { 'x-amz-target': 'AmazonSQS.ListQueues', 'content-type': 'application/x-amz-json-1.0' },
    body: '{}',
  },
  'the table': {
    url: () => table.endpoint,
    headers: {
      'x-amz-target': 'DynamoDB_20120810.ListTables',
      'content-type': 'application/x-amz-json-1.0',
    },
    body: '{}',
  },
  'the secret store': {
    url: () => store.url,
    headers: {
      'x-amz-target': 'secretsmanager.GetSecretValue',
      'content-type': 'application/x-amz-json-1.1',
    },
    body: '{"SecretId":"key"}',
  },
}

const date = { 'x-amz-date': '20260101T000000Z' }
const access = (accessKeyId: string) => {
  const { authorization } = accessHeaders({ accessKeyId })
  return { authorization: `${authorization}, SignedHeaders=host, Signature=0`, ...date }
}

describe.each(Object.entries(services))('%s', (_, { url, headers, body }) => {
  const right = { ...headers, ...access(credentials.accessKeyId) }

  test('answer a request with the access key of this run', async () => {
    expect((await rawRequest(url(), { headers: right, body })).status).toBe(200)
  })

  test.each([
    ['another access key', access('local')],
    ['no access key', { authorization: '' }],
    ['the name of a key in a text', { authorization: `Bearer ${credentials.accessKeyId}` }],
    ['another host', { host: 'evil.example' }],
    ['a host that begins like this machine', { host: '127.0.0.1.evil.example' }],
    ['the origin of a page', { origin: 'http://127.0.0.1' }],
    ['the mark of a browser', { 'sec-fetch-site': 'none' }],
  ])('refuse %s', async (_what, more) => {
    const { status, text } = await rawRequest(url(), { headers: { ...right, ...more }, body })
    expect(status).toBe(403)
    expect(text).not.toContain('the value')
    expect((await rawRequest(url(), { method: 'GET', headers: { ...right, ...more } })).status).toBe(403)
  })

  test('refuse a preflight, and let no other origin read', async () => {
    const headersOfPreflight = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    const answer = await fetch(url(), { method: 'OPTIONS', headers: headersOfPreflight })
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null])
  })

  test.each(['', '{', 'null', '[]', '"text"', '1', '{"TableName":null}', '\u0000', '[['.repeat(50_000)])(
    'survive the body %.20j',
    async wrong => {
      const { status } = await rawRequest(url(), { headers: right, body: wrong })
      expect(status).toBeGreaterThanOrEqual(200)
      expect((await rawRequest(url(), { headers: right, body })).status).toBe(200)
    },
  )

  test('survive broken connections', async () => {
    for (let i = 0; i < 20; i++) await abortedRequest(url(), right)
    for (let i = 0; i < 20; i++) await abortedRequest(url())
    expect((await rawRequest(url(), { headers: right, body })).status).toBe(200)
  })
})

test('the real client works with the credentials', async () => {
  expect((await queues.sqs.send(new ListQueuesCommand({}))).QueueUrls).toHaveLength(2)
})

test('every run has other credentials', () => {
  expect(newCredentials()).not.toEqual(newCredentials())
})
