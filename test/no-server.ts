import childProcess, { ChildProcess } from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
import { Server } from 'node:net'

/**
 * Set-up of the unit tests: starting a server or a process is an error. A test that needs one belongs
 * in a file whose name ends in `.system.test.ts`.
 */
function refuse(): never {
  throw new Error('a unit test starts no server and no process: name its file *.system.test.ts')
}

Server.prototype.listen = refuse
Object.assign(ChildProcess.prototype, { spawn: refuse })
Object.assign(childProcess, { execSync: refuse, execFileSync: refuse, spawnSync: refuse })
syncBuiltinESMExports()
