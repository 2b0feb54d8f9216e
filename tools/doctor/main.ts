import { commandLine, reasonOf, run } from '../terminal/command-line.ts'
import { paint, safe } from '../terminal/terminal.ts'
import type { Finding } from './finding.ts'
import { examineKey } from './kustomer.ts'
import { examineAlarms, examineDeadLetters, examineQueue } from './queues.ts'
import { sendTest } from './send-test.ts'
import { type Looked, localSubject, type Subject, stackSubject } from './subject.ts'

const marks = { fine: ['green', '✔'], fault: ['red', '✘'], unknown: ['dim', '–'] } as const

const program = commandLine(
  'doctor',
  'Looks whether a relay can deliver: secrets, Kustomer, queues, alarms; and sends a test event if asked to.',
  [
    ['npm run doctor -- --local', 'the relay that npm start runs'],
    ['npm run doctor -- --stack kustomer-relay-prod', 'a deployed one'],
    ['npm run doctor -- --stack kustomer-relay-prod --send-test', 'and follow an event all the way'],
  ],
  { 0: 'all is well', 1: 'a fault was found', 2: 'it could not be looked at' },
)
  .option('--local', 'the local relay')
  .option('--stack <name>', 'a deployed stack')
  .option('--send-test', 'post a track of a test user and follow it to Kustomer')
  .option('--json', 'findings as JSON')
  .action(async ({ local, stack, sendTest: isSending, json }) => {
    if (Boolean(local) === Boolean(stack)) throw new Error('Say which relay: --local or --stack NAME')
    const subject = stack ? await stackSubject(stack) : await localSubject(process.env)
    const findings: Finding[] = []
    for await (const finding of examine(subject, isSending ?? false)) {
      findings.push(finding)
      if (!json) console.log(lineOf(finding))
    }
    if (json) console.log(JSON.stringify(findings))
    process.exitCode = findings.some(({ state }) => state === 'fault') ? 1 : 0
  })

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

function lineOf({ name, state, says }: Finding): string {
  const [color, mark] = marks[state]
  return `${paint(color, mark)} ${name}: ${safe(says)}`
}

await run(program)
