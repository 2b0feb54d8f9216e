import { main } from '../local-relay/main.ts'
import { processIo } from '../terminal/process-io.ts'

// Its files hold events and keys: they are for their owner alone.
process.umask(0o077)
// A stop that hangs must not keep the process: its event loop is not waited for.
process.exit(await main(process.argv.slice(2), processIo()))
