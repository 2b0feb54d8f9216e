import { globSync, readFileSync } from 'node:fs'
import { join, posix, sep } from 'node:path'
import { describe, expect, test } from 'vitest'
import { version } from '../lib/policy.ts'

/**
 * What each folder may import from this repository. The folders of `lib` are in the order of an event: imports go down.
 */
const mayImport: Record<string, RegExp> = {
  'lib/ingest/': /^lib\/(ingest|transform|queue|runtime)\/|^lib\/(settings|policy|errors)\.ts/,
  'lib/worker/':
    /^lib\/(worker|delivery|people|kustomer|transform|queue|runtime)\/|^lib\/(settings|policy|errors)\.ts/,
  'lib/delivery/': /^lib\/(delivery|people|kustomer|transform|runtime)\/|^lib\/(policy|errors)\.ts/,
  'lib/people/': /^lib\/(people|transform|runtime)\/|^lib\/policy\.ts/,
  'lib/kustomer/': /^lib\/(kustomer|transform|runtime)\/|^lib\/policy\.ts/,
  'lib/transform/': /^lib\/(transform\/|errors\.ts|policy\.ts)/,
  'lib/queue/': /^lib\/(queue\/|errors\.ts|policy\.ts)/,
  'lib/runtime/': /^lib\/(runtime\/|settings\.ts|policy\.ts)/,
  'lib/settings.ts': /^lib\/(transform\/settings|errors|policy)\.ts/,
  'lib/policy.ts': /^$/,
  'lib/errors.ts': /^$/,
  'lib/index.ts': /^lib\/(transform\/|errors\.ts)/,
  'functions/': /^lib\//,
  'infra/': /^(infra\/|lib\/(policy|settings)\.ts)/,
  // The document about the keys of a stage is generated from their schema.
  'tools/docs/': /^(lib|tools|infra\/stage-config)\//,
  'tools/': /^(lib|tools)\//,
  'test/': /^(lib|functions|infra|tools|test)\//,
}

const root = join(import.meta.dirname, '..')

/** Paths from the root with `/` in them, as on every system but Windows. */
const files = globSync('{lib,functions,infra,tools,test}/**/*.ts', { cwd: root }).map(path =>
  path.replaceAll(sep, '/'),
)
const sourceOf = (file: string) => readFileSync(join(root, file), 'utf8')

function importsOf(file: string): string[] {
  const found = sourceOf(file).matchAll(/(?:from|import\(|import)\s*['"](\.[^'"]+)['"]/g)
  return [...found].map(([, path]) => posix.join(posix.dirname(file), path ?? ''))
}

function violations(file: string, imports: string[]): string[] {
  const room = Object.keys(mayImport).find(prefix => file.startsWith(prefix)) ?? ''
  return imports
    .filter(path => !path.endsWith('.json') && !mayImport[room]?.test(path))
    .map(path => `${file} → ${path}`)
}

describe('imports between folders', () => {
  test('are only the allowed ones', () => {
    expect(files.length).toBeGreaterThan(40)
    expect(files.flatMap(file => violations(file, importsOf(file)))).toEqual([])
  })

  test('a forbidden import is found', () => {
    expect(violations('lib/transform/parse.ts', ['lib/worker/process-batch.ts'])).toEqual([
      'lib/transform/parse.ts → lib/worker/process-batch.ts',
    ])
    expect(violations('infra/stack.ts', ['lib/worker/config.ts'])).toHaveLength(1)
    expect(violations('lib/delivery/deliver.ts', ['lib/worker/decide.ts'])).toHaveLength(1)
    expect(violations('lib/worker/process-batch.ts', ['tools/local-relay/main.ts'])).toHaveLength(1)
  })

  test('the transformation uses no clock, randomness, network, environment or Node module', () => {
    const pure = files.filter(file => file.startsWith('lib/transform/'))
    const impure = /\bprocess\b|Date\.now|Math\.random|\bfetch\b|node:|new Date\(\)|performance\./
    expect(pure.length).toBeGreaterThan(5)
    expect(pure.filter(file => impure.test(withoutComments(sourceOf(file))))).toEqual([])
  })

  test('hosts are written in one file, and paths of Kustomer in one', () => {
    const code = files.filter(file => file.startsWith('lib/') || file.startsWith('functions/'))
    const spelling = (pattern: RegExp) => code.filter(file => pattern.test(withoutComments(sourceOf(file))))
    expect(spelling(/kustomerapp\.com/)).toEqual(['lib/policy.ts'])
    expect(spelling(/['"`]\/v1\/(customers|tracking|users)/)).toEqual(['lib/kustomer/endpoints.ts'])
  })
})

test('file names are in kebab-case, and test files have an ending that Vitest finds', () => {
  expect(files.filter(file => !/^([a-z0-9-]+\/)+[a-z0-9]+([-.][a-z0-9]+)*\.ts$/.test(file))).toEqual([])
  const holdTests = files.filter(file => /^(test|describe)(\.each.*)?\(/m.test(sourceOf(file)))
  expect(holdTests.filter(file => !/^test\/.*[a-z0-9](\.system)?\.test\.ts$/.test(file))).toEqual([])
})

// The path of a URL has its blanks as %20, and begins with a slash before a drive of Windows.
test('no file is found by the path of a URL', () => {
  const byUrl = new RegExp(['import\\.meta', 'url\\)', 'pathname'].join('\\.'))
  expect(files.filter(file => byUrl.test(sourceOf(file)))).toEqual([])
})

test('the version is that of package.json', () => {
  expect(version).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version)
})

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*/g, '')
}
