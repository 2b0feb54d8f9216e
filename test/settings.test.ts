import { describe, expect, test } from 'vitest'
import { ConfigError } from '../lib/errors.ts'
import { readIngestConfig } from '../lib/ingest/config.ts'
import { defaultSettings } from '../lib/policy.ts'
import { isKustomersHost, parseSettings } from '../lib/settings.ts'
import { readWorkerConfig } from '../lib/worker/config.ts'

const worker = {
  QUEUE_URL: 'q',
  DEAD_LETTER_QUEUE_URL: 'd',
  KUSTOMER_API_KEY_SECRET_ID: 'k',
  PERSON_SALT: 's',
}
const hostOf = (baseEndpoint: string) => parseSettings({ baseEndpoint }).baseEndpoint

function issuesOf(read: () => unknown) {
  try {
    read()
  } catch (error) {
    if (error instanceof ConfigError) return error.issues
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('parseSettings', () => {
  test('fills in the defaults', () => {
    expect(parseSettings({})).toEqual(defaultSettings)
    expect(parseSettings({ stampEvents: true })).toEqual({ ...defaultSettings, stampEvents: true })
  })

  test('lists all errors at once, without the values', () => {
    const issues = issuesOf(() =>
      parseSettings({
        advancedTransform: 'yes',
        genericPages: true,
        other: 1,
        baseEndpoint: 'http://evil.example',
      }),
    )
    expect(issues.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual([
      { path: 'advancedTransform', expected: 'boolean', got: 'string' },
      { path: 'baseEndpoint', expected: expect.stringContaining('https'), got: 'string' },
      { path: 'genericPages', expected: 'no such key', got: expect.any(String) },
      { path: 'other', expected: 'no such key', got: expect.any(String) },
    ])
    expect(JSON.stringify(issues)).not.toMatch(/evil|yes/)
  })

  test.each([
    ['https://api.kustomerapp.com', 'https://api.kustomerapp.com'],
    ['https://api.kustomerapp.com/', 'https://api.kustomerapp.com'],
    [' https://org.api.kustomerapp.com// ', 'https://org.api.kustomerapp.com'],
    ['HTTPS://API.kustomerapp.com', 'https://api.kustomerapp.com'],
    ['https://api.kustomerapp.com?', 'https://api.kustomerapp.com'],
    ['https://api.kustomerapp.com#', 'https://api.kustomerapp.com'],
    ['https://api.kustomerapp.com\\', 'https://api.kustomerapp.com'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
    ['http://localhost:4000/', 'http://localhost:4000'],
    ['http://[::1]:4000', 'http://[::1]:4000'],
  ])('the host %s is read as %s', (text, origin) => {
    expect(hostOf(text)).toBe(origin)
  })

  test.each([
    'http://api.kustomerapp.com',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'https://api.kustomerapp.com/v1',
    'https://api.kustomerapp.com?x=1',
    'https://api.kustomerapp.com/#x',
    'https://key@api.kustomerapp.com',
    'https://user:key@api.kustomerapp.com',
    'ftp://api.kustomerapp.com',
    'file:///etc/passwd',
    'api.kustomerapp.com',
    '',
  ])('the host %j is refused', text => {
    expect(() => hostOf(text)).toThrow(ConfigError)
  })

  test.each([[null], [[]], ['{}'], [7]])('%j is not settings', value => {
    expect(() => parseSettings(value)).toThrow(ConfigError)
  })
})

test.each<[string, boolean]>([
  ['https://api.kustomerapp.com', true],
  ['https://api.prod2.kustomerapp.com', true],
  ['https://org.api.kustomerapp.com', true],
  ['https://kustomerapp.com', true],
  ['http://api.kustomerapp.com', false],
  ['https://api.kustomerapp.com.evil.example', false],
  ['https://evilkustomerapp.com', false],
  ['https://api.kustomerapp.community', false],
  ['https://kustomerapp.com@evil.example', false],
  ['https://evil.example/kustomerapp.com', false],
  ['https://evil.example#.kustomerapp.com', false],
  ['http://127.0.0.1:4000', false],
  ['kustomerapp.com', false],
])('whether %s is a host of Kustomer: %s', (host, expected) => {
  expect(isKustomersHost(host)).toBe(expected)
})

describe('readWorkerConfig', () => {
  test('has defaults for everything but the names of the queues and the key, and the salt', () => {
    expect(readWorkerConfig(worker)).toEqual({
      queueUrl: 'q',
      deadLetterQueueUrl: 'd',
      keyId: 'k',
      personSalt: 's',
      settings: defaultSettings,
      rate: { perMinute: 1_000, share: 0.8, containers: 5 },
      peopleTable: undefined,
      resendUnchangedAfterMs: 86_400_000,
      retry: { baseSeconds: 5, maxSeconds: 900, giveUpAfterSeconds: 259_200 },
    })
  })

  test('reads its share and its retry times', () => {
    const config = readWorkerConfig({
      ...worker,
      SETTINGS: '{"baseEndpoint":"https://api.prod2.kustomerapp.com","genericPage":true}',
      KUSTOMER_BASE_URL: 'http://127.0.0.1:9/',
      ALLOW_OTHER_HOSTS: 'true',
      KUSTOMER_REQUESTS_PER_MINUTE: '600',
      KUSTOMER_SHARE: '0.5',
      WORKER_CONCURRENCY: '3',
      BACKOFF_BASE_SECONDS: '1',
      BACKOFF_MAX_SECONDS: '2',
      GIVE_UP_AFTER_SECONDS: '60',
    })
    expect(config).toMatchObject({
      settings: { baseEndpoint: 'http://127.0.0.1:9', genericPage: true },
      rate: { perMinute: 600, share: 0.5, containers: 3 },
      retry: { baseSeconds: 1, maxSeconds: 2, giveUpAfterSeconds: 60 },
    })
  })

  test.each([
    ['SETTINGS', '{'],
    ['SETTINGS', '{"stampEvent":true}'],
    ['SETTINGS', '{"baseEndpoint":"https://proxy.example"}'],
    ['KUSTOMER_BASE_URL', 'http://api.kustomerapp.com'],
    ['KUSTOMER_BASE_URL', 'https://proxy.example'],
    ['KUSTOMER_BASE_URL', 'http://127.0.0.1:9'],
    ['ALLOW_OTHER_HOSTS', 'yes'],
    ['ALLOW_OTHER_HOSTS', 'TRUE'],
    ['KUSTOMER_REQUESTS_PER_MINUTE', '0'],
    ['KUSTOMER_REQUESTS_PER_MINUTE', '1e3'],
    ['KUSTOMER_SHARE', '1.01'],
    ['KUSTOMER_SHARE', '0'],
    ['WORKER_CONCURRENCY', 'two'],
    ['BACKOFF_BASE_SECONDS', '-5'],
    ['BACKOFF_MAX_SECONDS', '43201'],
    ['GIVE_UP_AFTER_SECONDS', '1209601'],
  ])('%s=%s is refused with its name', (name, value) => {
    const [issue, ...others] = issuesOf(() => readWorkerConfig({ ...worker, [name]: value }))
    expect(issue?.path.split('.')[0]).toBe(name)
    expect(others).toEqual([])
  })

  test.each([
    { SETTINGS: '{"baseEndpoint":"https://proxy.example"}' },
    { KUSTOMER_BASE_URL: 'https://proxy.example' },
  ])('calls another host than Kustomer’s only when it is told to: %j', host => {
    const config = readWorkerConfig({ ...worker, ...host, ALLOW_OTHER_HOSTS: 'true' })
    expect(config.settings.baseEndpoint).toBe('https://proxy.example')
    for (const told of ['false', ' ', undefined])
      expect(issuesOf(() => readWorkerConfig({ ...worker, ...host, ALLOW_OTHER_HOSTS: told }))).toEqual([
        {
          path: 'SETTINGS' in host ? 'SETTINGS.baseEndpoint' : 'KUSTOMER_BASE_URL',
          expected: 'host of kustomerapp.com (any other one needs ALLOW_OTHER_HOSTS=true)',
          got: 'another',
        },
      ])
  })

  test('lists all errors at once', () => {
    const faulty = { QUEUE_URL: ' ', KUSTOMER_SHARE: '7', KUSTOMER_BASE_URL: 'https://proxy.example' }
    const issues = issuesOf(() => readWorkerConfig(faulty))
    expect(issues.map(({ path }) => path).toSorted()).toEqual([
      'DEAD_LETTER_QUEUE_URL',
      'KUSTOMER_API_KEY_SECRET_ID',
      'KUSTOMER_BASE_URL',
      'KUSTOMER_SHARE',
      'PERSON_SALT',
      'QUEUE_URL',
    ])
  })
})

test('readIngestConfig needs its four variables', () => {
  const env = { QUEUE_URL: 'q', DEAD_LETTER_QUEUE_URL: 'd', WEBHOOK_SECRET_ID: 'w', PERSON_SALT: 's' }
  expect(readIngestConfig(env)).toEqual({
    queueUrl: 'q',
    deadLetterQueueUrl: 'd',
    secretId: 'w',
    personSalt: 's',
  })
  expect(issuesOf(() => readIngestConfig({})).map(({ path }) => path)).toEqual(Object.keys(env))
})
