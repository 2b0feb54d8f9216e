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

/**
 * Checks that every alarm notifies a topic that CloudWatch may publish to, says what to do, and ignores missing data.
 */
export const alarmsAreHeard: Check = template =>
  resourcesOf(template, 'AWS::CloudWatch::Alarm').flatMap(({ id, properties }) => {
    const topics = list(dig(properties, 'AlarmActions')).map(action => pointed(template, action))
    const isHeard = topics.some(
      topic => topic?.type === 'AWS::SNS::Topic' && admitsAlarms(template, topic.id),
    )
    return [
      isHeard && dig(properties, 'ActionsEnabled') !== false
        ? ''
        : `${id}: notifies no topic that CloudWatch may publish to`,
      /README\.md#[a-z-]+$/.test(String(dig(properties, 'AlarmDescription')))
        ? ''
        : `${id}: does not say what to do`,
      dig(properties, 'TreatMissingData') === 'notBreaching' ? '' : `${id}: treats missing data as a breach`,
    ].filter(Boolean)
  })

function admitsAlarms(template: Template, topic: string) {
  return resourcesOf(template, 'AWS::SNS::TopicPolicy')
    .filter(({ properties }) => list(dig(properties, 'Topics')).some(of => dig(of, 'Ref') === topic))
    .flatMap(({ properties }) => list(dig(properties, 'PolicyDocument', 'Statement')))
    .some(
      statement =>
        dig(statement, 'Effect') === 'Allow' &&
        dig(statement, 'Action') === 'sns:Publish' &&
        dig(statement, 'Principal', 'Service') === 'cloudwatch.amazonaws.com',
    )
}
