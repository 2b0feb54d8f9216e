import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { version } from '../../lib/policy.ts'
import { bundledPackages } from '../../tools/release/bundled-packages.ts'
import { mayBeUsed, permissive } from '../../tools/release/licence.ts'
import { main } from '../../tools/release/main.ts'
import { runInProcess } from '../terminal/in-process.ts'

const packages = bundledPackages(inject('bundles').modules, process.cwd())
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))

test('every package in the bundles has a permissive licence', () => {
  expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(['valibot', '@aws-sdk/client-sqs']))
  expect(packages.filter(({ license }) => !mayBeUsed(license, permissive))).toEqual([])
})

test('every package in the bundles is locked, and none is for development', () => {
  for (const { folder, name, version: bundled } of packages) {
    const { version: locked, dev = false } = lock.packages[folder] ?? {}
    expect({ name, version: locked, dev }).toEqual({ name, version: bundled, dev: false })
  }
})

test('the files of a release are the deployed bundles and the licences of all that is in them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'relay-release-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const { code, err } = await runInProcess(main, ['--out', folder])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(readdirSync(folder).sort()).toEqual(['ingest', 'third-party-licences.txt', 'worker'])
  for (const name of ['ingest', 'worker'] as const) {
    const written = readFileSync(join(folder, name, 'index.mjs'))
    expect(written.includes(version)).toBe(true)
    expect(written.equals(readFileSync(inject('bundles')[name]))).toBe(true)
  }
  const text = readFileSync(join(folder, 'third-party-licences.txt'), 'utf8')
  for (const one of packages) expect(text).toContain(`\n${one.name} ${one.version} (`)
  expect(text).toContain('Permission is hereby granted')
})
