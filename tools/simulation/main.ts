import { simulationCommand } from './simulation-command.ts'

process.exitCode = await simulationCommand(process.argv.slice(2), process)
