import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const relay = resolve('tools/bin/relay.mjs')

function run(args: string[], script = relay) {
  const env = { PATH: process.env.PATH }
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', env })
  return { status, stdout, stderr }
}

test('one command runs all others and lists them', () => {
  const { bin, scripts, version } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(bin).toEqual({ relay: 'tools/bin/relay.mjs' })
  const { status, stdout } = run([])
  expect(status).toBe(0)
  for (const name of ['start', 'demo', 'preview', 'dlq', 'doctor', 'secrets', 'console', 'simulate']) {
    expect(stdout).toContain(`  ${name} `)
    expect(scripts[name]).toContain(`relay.mjs ${name}`)
  }
  expect(run(['dlq', '--help']).stdout).toContain('Usage: npx relay dlq')
  expect(run(['dql', 'list'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('Did you mean dlq?'),
  })
  expect(run(['--josn'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('The commands are start,'),
  })
  expect(run(['help', 'dlq'])).toEqual(run(['dlq', '--help']))
  expect(run(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
})

test('without the packages it says what to do, in one sentence', () => {
  const folder = mkdtempSync(join(tmpdir(), 'relay-bare-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'tools/bin'), { recursive: true })
  cpSync(relay, join(folder, 'tools/bin/relay.mjs'))
  const bare = run(['dlq', 'list'], join(folder, 'tools/bin/relay.mjs'))
  expect(bare).toEqual({
    status: 2,
    stdout: '',
    stderr: 'error: The packages are not installed: run npm ci first.\n',
  })
})

test('an old Node.js is said in one sentence, before any TypeScript is read', () => {
  const old = "Object.defineProperty(process.versions, 'node', { value: '20.1.0' })"
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(old)}`, relay, 'dlq', 'list'],
    { encoding: 'utf8', env: { PATH: process.env.PATH } },
  )
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/^error: This needs Node\.js 24, and it was started with 20\.1\.0\. [^\n]+\n$/)
})

test('npm run passes on what comes after --, and what it kept is said', () => {
  const npm = (...args: string[]) => {
    const { status, stderr } = spawnSync('npm', ['run', '--silent', 'dlq', ...args], { encoding: 'utf8' })
    return { status, stderr }
  }
  for (const args of [
    ['list', '--local'],
    ['list', '--dry-run'],
  ])
    expect(npm(...args)).toEqual({ status: 2, stderr: expect.stringMatching(/npm (kept|keeps)/) })
  expect(npm('--', 'list', '--json')).toEqual({
    status: 2,
    stderr: expect.not.stringMatching(/npm (kept|keeps)/),
  })
})
