import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { withinBudget } from '../../infra/checks/bundles.ts'
import { environmentIsRead, type Reads } from '../../infra/checks/environment.ts'
import { dig, resourcesOf, type Template } from '../../infra/checks/template.ts'
import { readIngestConfig } from '../../lib/ingest/config.ts'
import { bundleBudget, defaultSettings } from '../../lib/policy.ts'
import { readWorkerConfig } from '../../lib/worker/config.ts'
import {
  ingestEnvironment,
  placesOf,
  workerEnvironment,
} from '../../tools/local-relay/function-environment.ts'
import { newCredentials } from '../../tools/local-relay/local-aws.ts'
import { withDefaults } from '../../tools/local-relay/relay-options.ts'
import { libraryVariables } from './library-variables.ts'
import { stages, synthesized } from './synthesized.ts'

const config = ['ingest', 'worker'].map(name => readFileSync(`lib/${name}/config.ts`, 'utf8')).join('\n')
const reads: Record<string, Reads> = {
  ingest: { own: keysOf('ingestSchema'), optional: ['ALLOWED_SOURCE_IPS'], libraries: libraryVariables },
  // For local runs, where it wins over the setting `baseEndpoint`, which is how a stage names its host.
  worker: { own: keysOf('workerSchema'), optional: ['KUSTOMER_BASE_URL'], libraries: libraryVariables },
}
const check = environmentIsRead(reads)

test('one schema reads the environment of a function, and nothing else reads it', () => {
  expect(reads.ingest?.own).toContain('WEBHOOK_SECRET_ID')
  expect(reads.worker?.own).toContain('KUSTOMER_API_KEY_SECRET_ID')
  const readers = globSync(['lib/**/*.ts', 'functions/**/*.ts'])
    .flatMap(path => [...readFileSync(path, 'utf8').matchAll(/process\.env.*/g)].map(([found]) => found))
    .sort()
  expect(readers).toEqual(['process.env)', 'process.env)'])
})

test.each(stages)('%s sets every variable that is read, and no other', stage => {
  expect(check(synthesized(stage))).toEqual([])
})

test.each([
  ['ingest', 'WEBHOOK_SECRET_ID'],
  ['worker', 'PERSON_SALT'],
  ['ingest', 'POWERTOOLS_METRICS_NAMESPACE'],
  ['worker', 'GIVE_UP_AFTER_SECONDS'],
  ['worker', 'PEOPLE_TABLE'],
])('%s without %s is reported', (name, variable) => {
  const template = synthesized()
  delete variables(template, name)[variable]
  expect(check(template).join()).toMatch(`${variable} is read but not set`)
})

test('an unused variable and an unknown function are reported', () => {
  const template = synthesized()
  variables(template, 'ingest').KUSTOMER_SHARE = '1'
  delete variables(template, 'worker').POWERTOOLS_SERVICE_NAME
  expect(check(template)).toEqual([
    expect.stringContaining('KUSTOMER_SHARE is set but not read'),
    expect.stringContaining('an unknown function'),
  ])
})

describe('the functions read what is deployed', () => {
  test('ingest accepts its environment', () => {
    expect(readIngestConfig(variables(synthesized(), 'ingest'))).toEqual({
      queueUrl: '<…>',
      deadLetterQueueUrl: '<…>',
      secretId: '<…>',
      personSalt: '<…>',
    })
  })

  test.each(stages)('both functions of %s have the salt of their stack, the same', stage => {
    const functions = resourcesOf(synthesized(stage), 'AWS::Lambda::Function')
    const salts = functions.map(({ properties }) =>
      dig(properties, 'Environment', 'Variables', 'PERSON_SALT'),
    )
    expect(salts).toEqual([{ Ref: 'AWS::StackId' }, { Ref: 'AWS::StackId' }])
  })

  test('the worker has the numbers and settings of the stage', () => {
    const template = synthesized('prod', {
      settings: { genericPage: true },
      rate: { requestsPerMinute: 600, share: 0.5 },
      workerConcurrency: 3,
      giveUpAfterHours: 5,
    })
    expect(readWorkerConfig(variables(template, 'worker'))).toMatchObject({
      peopleTable: '<…>',
      settings: { ...defaultSettings, genericPage: true },
      rate: { perMinute: 600, share: 0.5, containers: 3 },
      retry: { baseSeconds: 5, maxSeconds: 900, giveUpAfterSeconds: 18_000 },
    })
  })
})

test('the worker of a stage calls another host than Kustomer’s only with allowOtherHosts', () => {
  const settings = { baseEndpoint: 'https://proxy.example' }
  expect(() => synthesized('prod', { settings })).toThrow('allowOtherHosts: true in the stage')
  const env = variables(synthesized('prod', { settings, allowOtherHosts: true }), 'worker')
  expect(readWorkerConfig(env).settings).toMatchObject(settings)
  const changed = { ...variables(synthesized('prod'), 'worker'), SETTINGS: JSON.stringify(settings) }
  expect(() => readWorkerConfig(changed)).toThrow('SETTINGS.baseEndpoint: expected host of kustomerapp.com')
})

test.each(['ingest', 'worker'] as const)('a local %s has every setting of a deployed one', name => {
  const url = 'http://127.0.0.1:1'
  const places = placesOf(
    { endpoint: url, credentials: newCredentials(), queueUrl: url, deadLetterQueueUrl: url },
    { endpoint: url, tableName: 'people' },
    { url },
  )
  const local = { ingest: ingestEnvironment(places), worker: workerEnvironment(places, withDefaults({})) }
  expect(Object.keys(local[name])).toEqual(
    expect.arrayContaining(Object.keys(variables(synthesized(), name))),
  )
})

test('a bundle that is too large, or has no budget, is reported', () => {
  expect(withinBudget({ ingest: 420_001, worker: 450_000, third: 1 }, bundleBudget)).toEqual([
    'ingest: 420001 bytes are more than 420000',
    'third: 1 bytes are more than 0',
  ])
})

function keysOf(schema: string) {
  const body = config.split(`const ${schema} = v.object({`)[1]?.split('\n})')[0] ?? ''
  return [...body.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => String(name))
}

/** The variables of a function, as a reference, with a placeholder for values that only AWS knows. */
function variables(template: Template, name: string): Record<string, string> {
  const found = resourcesOf(template, 'AWS::Lambda::Function')
    .map(({ properties }) => Object(dig(properties, 'Environment', 'Variables')))
    .find(({ POWERTOOLS_SERVICE_NAME }) => POWERTOOLS_SERVICE_NAME === name)
  for (const [key, value] of Object.entries(found)) if (typeof value !== 'string') found[key] = '<…>'
  return found
}
