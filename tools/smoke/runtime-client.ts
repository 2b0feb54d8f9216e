import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const version = '4.0.2'

/** Returns why Lambda's runtime client cannot be built on this machine; undefined if it can. */
export function whyNotBuilt() {
  if (process.platform === 'darwin') return 'it does not build on macOS'
  const missing = ['cmake', 'g++'].filter(tool => spawnSync(tool, ['--version']).status !== 0)
  return missing.length > 0 ? `no ${missing.join(' and no ')} here` : undefined
}

/**
 * Installs AWS's runtime client for Node into the system's temporary folder, and returns the path of its entry file.
 * Later runs use it again. The installation compiles it, which takes less than a minute.
 * @throws Error with npm's output if the installation fails.
 */
export function installRuntimeClient() {
  const folder = join(tmpdir(), `kustomer-relay-runtime-client-${version}`)
  const entry = join(folder, 'node_modules', 'aws-lambda-ric', 'index.mjs')
  const native = join(folder, 'node_modules', 'aws-lambda-ric', 'rapid-client.node')
  if (existsSync(native)) return entry
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  const { status, stdout, stderr } = spawnSync('npm', ['i', '--no-save', `aws-lambda-ric@${version}`], {
    cwd: folder,
    encoding: 'utf8',
  })
  if (status !== 0 || !existsSync(native)) throw new Error(`npm ended with ${status}\n${stdout}${stderr}`)
  return entry
}
