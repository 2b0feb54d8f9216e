import childProcess, { ChildProcess } from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
import { Server } from 'node:net'

/**
 * Set-up of the unit tests: a server that listens or a process that starts is an error. A test that needs one belongs
 * into a file that ends in `.system.test.ts`.
 */
function refuse(): never {
  throw new Error('a unit test starts no server and no process: name its file *.system.test.ts')
}

Server.prototype.listen = refuse
Object.assign(ChildProcess.prototype, { spawn: refuse })
Object.assign(childProcess, { execSync: refuse, execFileSync: refuse, spawnSync: refuse })
syncBuiltinESMExports()
