import { version } from '../../lib/policy.ts'
import type { Finding } from './finding.ts'
import type { Subject } from './subject.ts'

/** Checks that somebody hears the alarms: a confirmed subscription of the stack's topic. */
export async function examineSubscriptions({ stack, alarmTopicArn }: Subject): Promise<Finding> {
  const name = 'Somebody hears the alarms'
  if (!stack) return { name, state: 'unknown', message: 'a local relay has no alarms' }
  if (!alarmTopicArn)
    return { name, state: 'unknown', message: 'the stack has no output AlarmTopicArn: deploy it again' }
  const { ListSubscriptionsByTopicCommand, SNSClient } = await import('@aws-sdk/client-sns')
  const { Subscriptions = [] } = await new SNSClient({}).send(
    new ListSubscriptionsByTopicCommand({ TopicArn: alarmTopicArn }),
  )
  const pending = Subscriptions.filter(({ SubscriptionArn = '' }) => !SubscriptionArn.startsWith('arn:'))
  const confirmed = Subscriptions.length - pending.length
  const waits =
    pending.length > 0 ? `; ${pending.length} not confirmed: open the link in the mail of AWS` : ''
  return {
    name,
    state: confirmed > 0 && pending.length === 0 ? 'fine' : 'fault',
    message:
      Subscriptions.length === 0
        ? 'the topic has no subscription: set alarmEmail or alarmTopicArn of the stage, and deploy'
        : `${confirmed} confirmed${waits}`,
  }
}

/** Compares the versions of ingest (which answers `/health`), of the deployed stack, and of this tool. */
export async function examineVersions({ webhookUrl, deployedVersion }: Subject): Promise<Finding> {
  const name = 'The versions agree'
  const health = new URL('/health', webhookUrl)
  const answer = await fetch(health, { redirect: 'manual', signal: AbortSignal.timeout(10_000) }).catch(
    () => undefined,
  )
  if (!answer?.ok)
    return {
      name,
      state: 'fault',
      message: `${health} ${answer ? `answered ${answer.status}` : 'does not answer'}`,
    }
  const { version: ingest } = (await answer.json().catch(() => ({}))) as { version?: unknown }
  const all = {
    ingest: String(ingest),
    ...(deployedVersion && { stack: deployedVersion }),
    'this tool': version,
  }
  const isOne = new Set(Object.values(all)).size === 1
  const listed = Object.entries(all).map(([who, which]) => `${who} ${which}`)
  return { name, state: isOne ? 'fine' : 'fault', message: listed.join(', ') }
}

/** Checks that the table of the person records answers. */
export async function examineTable({ people }: Subject): Promise<Finding> {
  const name = 'The person records can be read'
  if (!people)
    return { name, state: 'unknown', message: 'the stack has no output PeopleTable: deploy it again' }
  await people.store.load(['kustomer-relay-doctor'])
  return { name, state: 'fine', message: people.tableName }
}
