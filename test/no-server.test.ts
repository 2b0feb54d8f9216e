import { exec, execFileSync, fork, spawn, spawnSync } from 'node:child_process'
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { startKustomerStandIn } from '../tools/kustomer-stand-in/server.ts'

const message = 'a unit test starts no server'

test.each([
  ['a server', () => createServer().listen(0)],
  ['an HTTP server', () => createHttpServer().listen(0, '127.0.0.1')],
  ['spawn', () => spawn('node', ['--version'])],
  ['exec', () => exec('node --version')],
  ['fork', () => fork('nothing.ts')],
  ['spawnSync', () => spawnSync('node', ['--version'])],
  ['execFileSync', () => execFileSync('node', ['--version'])],
])('%s is refused in a unit test', (_, start) => {
  expect(start).toThrow(message)
})

test('a stand-in on a port is refused too', async () => {
  await expect(startKustomerStandIn()).rejects.toThrow(message)
})
