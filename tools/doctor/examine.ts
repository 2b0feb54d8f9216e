import { reasonOf } from '../terminal/command-line.ts'
import { examineCustomNames } from './custom-names.ts'
import type { Finding } from './finding.ts'
import { examineKey } from './kustomer.ts'
import { examineAlarms, examineDeadLetters, examineQueue } from './queues.ts'
import { examineRoles } from './roles.ts'
import { sendTest } from './send-test.ts'
import { examineSubscriptions, examineTable, examineVersions } from './stack.ts'
import type { SecretResult, Subject } from './subject.ts'

/**
 * Runs the checks of a relay one after another. A check that throws is a fault; the others still run. `isSending` also
 * sends a test event and follows it; `onWait` is told the seconds that this has taken so far.
 */
export async function* examine(
  subject: Subject,
  isSending: boolean,
  onWait: (seconds: number) => void,
): AsyncGenerator<Finding> {
  const [secret, key] = [await subject.webhookSecret(), await subject.kustomerKey()]
  yield secretFinding('The webhook secret has a value', secret)
  yield secretFinding("Kustomer's key has a value", key)
  const access = 'value' in key ? { base: subject.kustomerBaseUrl, key: key.value } : undefined
  if (access) {
    yield* guarded('Kustomer answers with the key', () => examineKey(access, subject.requestsPerMinute))
    yield* guarded('The key has its roles', () => examineRoles(access))
  }
  yield* guarded('The versions agree', () => examineVersions(subject))
  yield* guarded('The person records can be read', () => examineTable(subject))
  yield* guarded('The queue is processed', () => examineQueue(subject))
  yield* guarded('No dead letters', () => examineDeadLetters(subject))
  if (access)
    yield* guarded('Custom attributes of dead letters are declared', () =>
      examineCustomNames(access, subject.queues, subject.settings ?? {}),
    )
  yield* guarded('Somebody hears the alarms', () => examineSubscriptions(subject))
  yield* guarded('No alarm is active', () => examineAlarms(subject))
  if (isSending && 'value' in secret && access)
    yield* guarded('A test event arrives', () => sendTest(subject, secret.value, access, onWait))
}

async function* guarded(name: string, check: () => Promise<Finding | Finding[]>): AsyncGenerator<Finding> {
  const found = await check().catch((error): Finding => ({ name, state: 'fault', message: reasonOf(error) }))
  yield* Array.isArray(found) ? found : [found]
}

function secretFinding(name: string, secret: SecretResult): Finding {
  return 'value' in secret
    ? { name, state: 'fine', message: 'yes' }
    : { name, state: 'fault', message: secret.fault }
}
