import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test.each(['doctor', 'demo'])('%s runs as a process and sets the exit code', name => {
  const script = join(import.meta.dirname, `../../tools/bin/${name}.ts`)
  const args = name === 'doctor' ? ['--local'] : []
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    ...{ cwd: tmpdir(), encoding: 'utf8' },
  })
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/no local relay|no relay/i)
})
