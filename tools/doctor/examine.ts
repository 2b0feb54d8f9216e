import { reasonOf } from '../terminal/command-line.ts'
import type { KustomerAccess } from './ask-kustomer.ts'
import { examineCustomNames } from './custom-names.ts'
import { type Finding, findingAbout } from './finding.ts'
import { examineKey } from './kustomer.ts'
import { examineAlarms, examineDeadLetters, examineQueue } from './queues.ts'
import { examineRoles } from './roles.ts'
import { sendTest, type Waiting } from './send-test.ts'
import { examineSubscriptions, examineTable, examineVersions } from './stack.ts'
import type { SecretResult, Subject } from './subject.ts'

type Check = [about: Finding['id'], check: () => Promise<Finding | Finding[]>]

/**
 * Runs the checks of a relay one after another: those that make sense for it. A check that throws is a fault; the others
 * still run. `isSending` also sends a test event and follows it. After an abort of the signal the running check ends, and no other starts.
 */
export async function* examine(
  subject: Subject,
  isSending: boolean,
  waiting: Waiting,
): AsyncGenerator<Finding> {
  const [secret, key] = [await subject.webhookSecret(), await subject.kustomerKey()]
  yield secretFinding('webhook-secret', secret, subject.stack)
  yield secretFinding('kustomer-key', key, subject.stack)
  const access = 'value' in key ? { base: subject.kustomerBaseUrl, key: key.value } : undefined
  for (const check of checksOf(subject, access)) {
    if (waiting.signal.aborted) return
    yield* guarded(check, subject.stack)
  }
  if (!waiting.signal.aborted && isSending && 'value' in secret && access)
    yield* guarded(['test-event', () => sendTest(subject, secret.value, access, waiting)], subject.stack)
}

/** The checks that make sense for a relay. Without `access` to Kustomer, those of Kustomer are left out. */
function checksOf(subject: Subject, access: KustomerAccess | undefined): Check[] {
  const { stack, isKustomerSimulated } = subject
  const checks: (Check | false | undefined)[] = [
    access && ['kustomer', () => examineKey(access, subject)],
    access && ['roles', () => examineRoles(access)],
    ['versions', () => examineVersions(subject)],
    ['person-records', () => examineTable(subject)],
    ['queue', () => examineQueue(subject)],
    ['dead-letters', () => examineDeadLetters(subject)],
    // The simulated Kustomer has no metadata.
    access &&
      !isKustomerSimulated && [
        'custom-attributes',
        () => examineCustomNames(access, subject.queues, subject.settings ?? {}),
      ],
    stack !== undefined && ['alarm-subscribers', () => examineSubscriptions(subject)],
    stack !== undefined && ['alarms', () => examineAlarms(stack)],
  ]
  return checks.filter(check => check !== false && check !== undefined)
}

async function* guarded([about, check]: Check, stack: string | undefined): AsyncGenerator<Finding> {
  const toDo = stack
    ? 'Check the region and your rights (docs/console.md), and run the doctor again.'
    : 'Check that npm start still runs, and run the doctor again.'
  const found = await check().catch(error => findingAbout(about).fault(reasonOf(error), toDo))
  yield* Array.isArray(found) ? found : [found]
}

function secretFinding(
  about: 'webhook-secret' | 'kustomer-key',
  secret: SecretResult,
  stack: string | undefined,
): Finding {
  if ('value' in secret) return findingAbout(about).fine('it has a value')
  const command = about === 'webhook-secret' ? 'webhook' : 'kustomer-key'
  return findingAbout(about).fault(
    secret.fault,
    `Check your rights, or set a value: npx relay secrets ${command} ${stack ? `--stack ${stack}` : ''}`.trim(),
  )
}
