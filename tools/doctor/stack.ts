import { version } from '../../lib/policy.ts'
import { type Finding, findingAbout } from './finding.ts'
import type { Subject } from './subject.ts'

/** Checks that somebody hears the alarms of a stack: a confirmed subscription of its topic. */
export async function examineSubscriptions({
  alarmTopicArn,
}: Pick<Subject, 'alarmTopicArn'>): Promise<Finding> {
  const finding = findingAbout('alarm-subscribers')
  if (!alarmTopicArn)
    return finding.unknown('the stack has no output AlarmTopicArn', 'Deploy the current version.')
  const { ListSubscriptionsByTopicCommand, SNSClient } = await import('@aws-sdk/client-sns')
  const { Subscriptions = [] } = await new SNSClient({}).send(
    new ListSubscriptionsByTopicCommand({ TopicArn: alarmTopicArn }),
  )
  const pending = Subscriptions.filter(({ SubscriptionArn = '' }) => !SubscriptionArn.startsWith('arn:'))
  const confirmed = Subscriptions.length - pending.length
  if (Subscriptions.length === 0)
    return finding.fault(
      'nobody hears the alarms, since their topic has no subscription',
      'Set alarmEmail or alarmTopicArn of the stage, and deploy.',
    )
  return pending.length > 0
    ? finding.fault(
        `${confirmed} confirmed, ${pending.length} not confirmed`,
        'Open the link in the mail of AWS Notifications.',
      )
    : finding.fine(`${confirmed} confirmed`)
}

/** Compares the versions of ingest (which answers `/health`), of the deployed stack, and of this tool. */
export async function examineVersions({ webhookUrl, deployedVersion, stack }: Subject): Promise<Finding> {
  const finding = findingAbout('versions')
  const health = new URL('/health', webhookUrl)
  const answer = await fetch(health, { redirect: 'manual', signal: AbortSignal.timeout(10_000) }).catch(
    () => undefined,
  )
  if (!answer?.ok)
    return finding.fault(
      `${health} ${answer ? `answered ${answer.status}` : 'does not answer'}`,
      stack ? 'Read docs/alarms.md, section api-faults.' : 'Start the relay again: npm start',
    )
  const { version: ingest } = (await answer.json().catch(() => ({}))) as { version?: unknown }
  const all = {
    ingest: String(ingest),
    ...(deployedVersion && { stack: deployedVersion }),
    'this tool': version,
  }
  if (new Set(Object.values(all)).size === 1)
    return finding.fine(`${Object.keys(all).join(' and ')} have ${version}`)
  const listed = Object.entries(all).map(([who, which]) => `${who} has ${which}`)
  return finding.fault(
    listed.join(', '),
    stack
      ? 'Deploy this version, or use the tool of the deployed one.'
      : 'Start the relay again with this version: npm start',
  )
}

/** Checks that the table of the person records answers. Rejects if it does not. */
export async function examineTable({ people, stack }: Subject): Promise<Finding> {
  const finding = findingAbout('person-records')
  if (!people)
    return stack
      ? finding.unknown('the stack has no output PeopleTable', 'Deploy the current version.')
      : finding.unknown(
          'the local relay does not say where they are',
          'Start it again with this version: npm start',
        )
  await people.store.load(['kustomer-relay-doctor'])
  return finding.fine(`the table ${people.tableName} answers`)
}
