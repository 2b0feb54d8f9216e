import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const script = join(import.meta.dirname, '../../tools/bin/preview.ts')
const run = (...args: string[]) =>
  spawnSync(process.execPath, [script, '-', ...args], { input: '{"type":"track"}', encoding: 'utf8' })

test('the preview runs as a process, reads standard input and sets the exit code', () => {
  const { status, stdout, stderr } = run('--json')
  expect([status, stderr]).toEqual([1, ''])
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'MISSING_IDENTITY' } })
  expect(run('--jsn').status).toBe(2)
})
