import { type Check, dig, list, pointed, resourcesOf, type Template } from './template.ts'

/** Checks that every function writes to a log group of this stack, and that every log group expires. */
export const logsEnd: Check = template => [
  ...resourcesOf(template, 'AWS::Lambda::Function')
    .filter(({ properties }) => {
      const group = pointed(template, dig(properties, 'LoggingConfig', 'LogGroup'))
      return group?.type !== 'AWS::Logs::LogGroup'
    })
    .map(({ id }) => `${id}: no log group of its own`),
  ...resourcesOf(template, 'AWS::Logs::LogGroup')
    .filter(({ properties }) => !(Number(dig(properties, 'RetentionInDays')) > 0))
    .map(({ id }) => `${id}: never deletes its logs`),
]

const alarmTypes = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm']

/**
 * Checks that every alarm notifies a topic that CloudWatch may publish to, when it starts and when it ends, and links to
 * its section in `docs/alarms.md`. Missing data is a breach only for an alarm about silence.
 */
export const alarmsAreHeard: Check = template =>
  alarmTypes.flatMap(type =>
    resourcesOf(template, type).flatMap(({ id, properties }) => {
      const isHeard = ['AlarmActions', 'OKActions'].every(key =>
        list(dig(properties, key)).some(action => reachesSomebody(template, action)),
      )
      const missing = dig(properties, 'TreatMissingData')
      const expected = isAboutSilence(properties) ? 'breaching' : 'notBreaching'
      return [
        isHeard && dig(properties, 'ActionsEnabled') !== false
          ? ''
          : `${id}: notifies no topic that CloudWatch may publish to`,
        /docs\/alarms\.md#[a-z0-9-]+$/.test(String(dig(properties, 'AlarmDescription')))
          ? ''
          : `${id}: does not say what to do`,
        missing === expected || type !== alarmTypes[0] ? '' : `${id}: treats missing data as ${missing}`,
      ].filter(Boolean)
    }),
  )

function isAboutSilence(properties: Record<string, unknown>) {
  return dig(properties, 'ComparisonOperator') === 'LessThanThreshold'
}

/** Whether an action is a topic of this template that admits CloudWatch, or an existing one, which only AWS can check. */
function reachesSomebody(template: Template, action: unknown) {
  if (typeof action === 'string') return /^arn:[a-z-]+:sns:/.test(action)
  const topic = pointed(template, action)
  return topic?.type === 'AWS::SNS::Topic' && topicAdmitsAlarms(template, topic.id)
}

/**
 * Checks that every topic is encrypted with a key of this template that CloudWatch may use, for alarms of this account
 * alone: with SNS's own key it could not publish.
 */
export const topicsAreEncrypted: Check = template =>
  resourcesOf(template, 'AWS::SNS::Topic').flatMap(({ id, properties }) => {
    const master = dig(properties, 'KmsMasterKeyId')
    if (master === undefined) return [`${id}: is not encrypted`]
    // Only AWS can check the policy of a key that exists already.
    if (/^arn:[a-z-]+:kms:[^*]*:key\//.test(String(master))) return []
    const key = pointed(template, master)
    if (key?.type !== 'AWS::KMS::Key') return [`${id}: is encrypted with a key that CloudWatch may not use`]
    const isUsable = list(dig(key.properties, 'KeyPolicy', 'Statement')).some(statement =>
      admitsAlarms(statement, ['kms:Decrypt', 'kms:GenerateDataKey*']),
    )
    return isUsable ? [] : [`${id}: is encrypted with a key that CloudWatch may not use`]
  })

function topicAdmitsAlarms(template: Template, topic: string) {
  return resourcesOf(template, 'AWS::SNS::TopicPolicy')
    .filter(({ properties }) => list(dig(properties, 'Topics')).some(of => dig(of, 'Ref') === topic))
    .flatMap(({ properties }) => list(dig(properties, 'PolicyDocument', 'Statement')))
    .some(statement => admitsAlarms(statement, ['sns:Publish']))
}

/** Whether a statement allows CloudWatch these actions for this account's alarms, and not for those of any account. */
function admitsAlarms(statement: unknown, actions: string[]) {
  const allowed = list(dig(statement, 'Action'))
  return (
    dig(statement, 'Effect') === 'Allow' &&
    actions.every(action => allowed.includes(action)) &&
    dig(statement, 'Principal', 'Service') === 'cloudwatch.amazonaws.com' &&
    isAccount(dig(statement, 'Condition', 'StringEquals', 'aws:SourceAccount'))
  )
}

function isAccount(value: unknown) {
  return dig(value, 'Ref') === 'AWS::AccountId' || /^\d{12}$/.test(String(value))
}
