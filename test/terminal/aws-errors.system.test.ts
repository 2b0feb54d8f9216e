import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { main as consoleMain } from '../../tools/console/stack/main.ts'
import { main as dlq } from '../../tools/dlq/main.ts'
import { main as doctor } from '../../tools/doctor/main.ts'
import { main as secrets } from '../../tools/secrets/main.ts'
import { type Main, runInProcess } from './in-process.ts'

const commands: [string, Main, string[]][] = [
  ['dlq list --json', dlq, ['list', '--json']],
  ['dlq show', dlq, ['show', 'x']],
  ['dlq replay', dlq, ['replay', '--yes']],
  ['dlq erase --json', dlq, ['erase', 'u1', '--yes', '--json']],
  ['doctor', doctor, []],
  ['doctor --json', doctor, ['--json']],
  ['console', consoleMain, []],
  ['secrets webhook', secrets, ['webhook', '--generate']],
  ['secrets kustomer-key', secrets, ['kustomer-key']],
]

/** Nothing of the person who runs the tests is used. */
beforeEach(() => {
  for (const name of [
    'AWS_PROFILE',
    'AWS_REGION',
    'AWS_DEFAULT_REGION',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  ])
    vi.stubEnv(name, undefined)
  for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, '/dev/null')
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
  return () => vi.unstubAllEnvs()
})

const withKey = () => {
  vi.stubEnv('AWS_REGION', 'eu-west-1')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example')
}

/** An AWS that answers every request with one error. */
async function refusingAws(status: number, code: string, message: string) {
  const server = createServer((_, answer) => {
    answer.writeHead(status, { 'content-type': 'text/xml' })
    answer.end(
      `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  withKey()
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

async function sentenceOf(main: Main, args: string[]) {
  const { code, out, err } = await runInProcess(main, [...args, '--stack', 'relay-x'], { cwd: tmpdir() })
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(/^error: [^\n]+\n$/)
  return err
}

describe.each(commands)('%s --stack ends with 2 and one sentence', (_, main, args) => {
  test('without a region', async () => {
    expect(await sentenceOf(main, args)).toContain('No AWS region is set: set AWS_REGION')
  })

  test('without credentials', async () => {
    vi.stubEnv('AWS_REGION', 'eu-west-1')
    expect(await sentenceOf(main, args)).toContain('No valid AWS credentials were found: run aws sso login')
  })

  test('with expired credentials', async () => {
    await refusingAws(403, 'ExpiredToken', 'The security token included in the request is expired')
    expect(await sentenceOf(main, args)).toContain('Your AWS credentials have expired')
  })

  test('for a stack that does not exist', async () => {
    await refusingAws(400, 'ValidationError', 'Stack with id relay-x does not exist')
    expect(await sentenceOf(main, args)).toContain('Stack relay-x does not exist in this account and region')
  })

  test('without the right to read the stack', async () => {
    await refusingAws(
      403,
      'AccessDenied',
      'User: arn:x is not authorized to perform: cloudformation:DescribeStacks',
    )
    expect(await sentenceOf(main, args)).toContain(
      'AWS refuses it for your role: User: arn:x is not authorized',
    )
  })

  test('without a connection', async () => {
    withKey()
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1')
    vi.stubEnv('AWS_MAX_ATTEMPTS', '1')
    expect(await sentenceOf(main, args)).toContain('There is no connection')
  })
})
