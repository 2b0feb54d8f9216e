import { type CommandIo, type Output, printLine } from '../terminal/command-io.ts'
import { type CommandHelp, commandLine, reasonOf, runCommand } from '../terminal/command-line.ts'
import { paint, safe } from '../terminal/terminal.ts'
import type { Finding } from './finding.ts'
import { examineKey } from './kustomer.ts'
import { examineAlarms, examineDeadLetters, examineQueue } from './queues.ts'
import { sendTest } from './send-test.ts'
import { type Looked, localSubject, type Subject, stackSubject } from './subject.ts'

const marks = { fine: ['green', '✔'], fault: ['red', '✘'], unknown: ['dim', '–'] } as const

const help: CommandHelp = {
  name: 'doctor',
  summary:
    'Looks whether a relay can deliver: secrets, Kustomer, queues, alarms; and sends a test event if asked to.',
  examples: [
    ['npm run doctor -- --local', 'the relay that npm start runs'],
    ['npm run doctor -- --stack kustomer-relay-prod', 'a deployed one'],
    ['npm run doctor -- --stack kustomer-relay-prod --send-test', 'and follow an event all the way'],
  ],
  exits: { 0: 'all is well', 1: 'a fault was found', 2: 'it could not be looked at' },
}

/** Runs `npm run doctor`: makes every check and says what it found. Gives the exit code. */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  const exit = { code: 0 }
  const program = commandLine(io, help)
    .option('--local', 'the local relay')
    .option('--stack <name>', 'a deployed stack')
    .option('--send-test', 'post a track of a test user and follow it to Kustomer')
    .option('--json', 'findings as JSON')
    .action(async ({ local, stack, sendTest, json }) => {
      if (Boolean(local) === Boolean(stack)) throw new Error('Say which relay: --local or --stack NAME')
      const subject = stack ? await stackSubject(stack, io.cwd) : await localSubject(io.env, io.cwd)
      const findings: Finding[] = []
      for await (const finding of examine(subject, sendTest ?? false)) {
        findings.push(finding)
        if (!json) printLine(io.out, lineOf(finding, io.out))
      }
      if (json) printLine(io.out, JSON.stringify(findings))
      exit.code = findings.some(({ state }) => state === 'fault') ? 1 : 0
    })
  return runCommand(program, argv, io, exit)
}

/** Every check in turn; one that throws is a fault, and the others go on. */
async function* examine(subject: Subject, isSending: boolean): AsyncGenerator<Finding> {
  const [secret, key] = [await subject.webhookSecret(), await subject.kustomerKey()]
  yield secretFinding('The webhook secret has a value', secret)
  yield secretFinding("Kustomer's key has a value", key)
  if ('value' in key)
    yield* guarded('Kustomer answers with the key', () => examineKey(subject.kustomerBaseUrl, key.value))
  yield* guarded('The queue moves', () => examineQueue(subject))
  yield* guarded('No dead letters', () => examineDeadLetters(subject))
  yield* guarded('No alarm rings', () => examineAlarms(subject))
  if (isSending && 'value' in secret && 'value' in key)
    yield* guarded('A test event arrives', () => sendTest(subject, secret.value, key.value))
}

async function* guarded(name: string, check: () => Promise<Finding>): AsyncGenerator<Finding> {
  yield await check().catch((error): Finding => ({ name, state: 'fault', says: reasonOf(error) }))
}

function secretFinding(name: string, looked: Looked): Finding {
  return 'value' in looked
    ? { name, state: 'fine', says: 'yes' }
    : { name, state: 'fault', says: looked.fault }
}

function lineOf({ name, state, says }: Finding, out: Output): string {
  const [color, mark] = marks[state]
  return `${paint(color, mark, out)} ${name}: ${safe(says)}`
}
