import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aws } from '../../lib/policy.ts'
import { sendDeadLetter } from '../../lib/queue/sqs.ts'
import { secretStore } from '../../lib/runtime/secret-store.ts'

const silent = createServer(() => undefined)
beforeAll(async () => new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve)))
afterAll(async () => {
  silent.closeAllConnections()
  await new Promise(resolve => silent.close(resolve))
})

/** The functions' own options, with shorter timeouts. */
const impatient = () => ({
  ...aws,
  maxAttempts: 1,
  requestHandler: { ...aws.requestHandler, requestTimeout: 50 },
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  endpoint: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
})

// Without a timeout, a service without an answer would block the functions until Lambda ends them.
test('a request to a queue that does not answer ends with its timeout', async () => {
  const deadLetter = { body: '{}', code: 'REJECTED' as const, why: 'x', attempts: 1, failedAtMs: 0 }
  await expect(sendDeadLetter(new SQSClient(impatient()), 'http://q', deadLetter, 'id')).rejects.toThrow(
    '50 ms',
  )
})

test('a request to a secret store that does not answer ends with its timeout', async () => {
  const current = secretStore('key', new SecretsManagerClient(impatient()))
  await expect(current(false)).rejects.toThrow('50 ms')
})
