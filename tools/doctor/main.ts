import { type CommandIo, type Output, printLine } from '../terminal/command-io.ts'
import { type CommandHelp, commandLine, runCommand } from '../terminal/command-line.ts'
import { safeJson } from '../terminal/safe-json.ts'
import { paint, safe } from '../terminal/terminal.ts'
import { examine } from './examine.ts'
import type { Finding } from './finding.ts'
import { localSubject, stackSubject } from './subject.ts'

const marks = { fine: ['green', '✔'], fault: ['red', '✘'], unknown: ['dim', '–'] } as const

const help: CommandHelp = {
  name: 'doctor',
  summary:
    'Checks whether a relay can deliver: secrets, Kustomer, its limit and roles, versions, table, queues, alarms. It can also send a test event, and deletes it afterwards.',
  examples: [
    ['npm run doctor -- --local', 'the relay that npm start runs'],
    ['npm run doctor -- --stack kustomer-relay-prod', 'a deployed relay'],
    ['npm run doctor -- --stack kustomer-relay-prod --send-test', 'also send a test event and follow it'],
  ],
  exits: { 0: 'no fault was found', 1: 'a fault was found', 2: 'the relay could not be checked' },
}

/** Runs `npm run doctor`: runs every check and prints its result. Returns the exit code. */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  const exit = { code: 0 }
  const program = commandLine(io, help)
    .option('--local', 'the local relay')
    .option('--stack <name>', 'a deployed stack')
    .option('--send-test', 'send a track event of a test user and follow it to Kustomer')
    .option('--json', 'findings as JSON')
    .action(async ({ local, stack, sendTest, json }) => {
      if (Boolean(local) === Boolean(stack)) throw new Error('Choose a relay: --local or --stack NAME')
      const subject = stack ? await stackSubject(stack, io) : await localSubject(io)
      const findings: Finding[] = []
      const signal = io.interruption()
      const onWait = (seconds: number) =>
        io.err.isTerminal && io.err.write(`\r\x1b[Kwaiting for the test event: ${seconds} s`)
      for await (const finding of examine(subject, sendTest ?? false, { onWait, signal })) {
        if (io.err.isTerminal) io.err.write('\r\x1b[K')
        findings.push(finding)
        if (!json) printLine(io.out, lineOf(finding, io.out))
      }
      if (json) printLine(io.out, safeJson(findings, 'line'))
      if (signal.aborted) throw new Error('Interrupted: not everything was checked')
      exit.code = findings.some(({ state }) => state === 'fault') ? 1 : 0
    })
  return runCommand(program, argv, io, exit)
}

function lineOf({ name, state, message, toDo }: Finding, out: Output): string {
  const [color, mark] = marks[state]
  return `${paint(color, mark, out)} ${name}: ${safe(toDo ? `${message}. ${toDo}` : message)}`
}
