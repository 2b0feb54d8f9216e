import { once } from 'node:events'
import { claimPort } from '../../http/loopback-server.ts'
import { messageResponse } from '../../http/response.ts'
import { type CommandIo, printLine } from '../../terminal/command-io.ts'
import { type CommandHelp, commandLine, runCommand } from '../../terminal/command-line.ts'
import { whole } from '../../terminal/numbers.ts'
import { openStack } from './open-stack.ts'
import { createStackConsole } from './stack-console.ts'

const help: CommandHelp = {
  name: 'console',
  summary:
    'Shows a deployed relay in the browser: numbers, alarms, dead letters, one event or one person. It uses your AWS credentials, runs on this machine only, and changes nothing unless you allow replays.',
  examples: [
    ['npm run console -- --stack kustomer-relay-prod', 'read-only'],
    ['npm run console -- --stack kustomer-relay-prod --allow-replay', 'dead letters can be replayed'],
  ],
  exits: { 0: 'ended by a signal', 1: 'could not start', 2: 'wrong options, or no such stack' },
}

/** The default port: next to that of the local relay. */
const defaultPort = 8788

/** Runs `npm run console`: the console of a deployed stack, until it is interrupted. Returns the exit code. */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  const exit = { code: 0 }
  const program = commandLine(io, help)
    .option('--stack <name>', 'the stack of the relay; needed')
    .option('--allow-replay', 'allow replays of dead letters')
    .option('--port <number>', 'the port on this machine; 0: any free one', whole(0, 65_535), defaultPort)
    .action(async ({ stack, allowReplay = false, port }) => {
      if (stack === undefined) throw new Error('Say which stack: --stack NAME')
      await serve(stack, allowReplay, port, io)
    })
  return runCommand(program, argv, io, exit)
}

async function serve(name: string, mayReplay: boolean, port: number, io: CommandIo) {
  const stop = io.interruption()
  const stack = await openStack(name, io)
  const page = createStackConsole(stack, mayReplay, io)
  const server = await claimPort(port)
  server.open(
    async (request, url, body) =>
      (await page.answer(request, url, body)) ?? messageResponse(404, 'Not Found'),
  )
  printLine(io.out, `console of ${name}  ${server.url}/`)
  if (!stop.aborted) await once(stop, 'abort')
  page.close()
  stack.close()
  await server.close()
}
