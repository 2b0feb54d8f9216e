import { type Check, dig, list, resourcesOf, type Template, text } from './template.ts'

/** X-Ray's two actions know no resource; nothing else may say `*`. */
const mayBeAnywhere = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments']
/** A secret that is known by its name alone: Secrets Manager ends its ARN in six characters of its own. */
const namedSecret = /:secret:[\w/+=.@-]+-\?{6}$/

/** No wildcard in an action or a resource that is allowed, but the named ones; no policy that AWS manages. */
export const noWildcards: Check = template => [
  ...statements(template).flatMap(({ id, statement }) => {
    const actions = list(dig(statement, 'Action')).map(text)
    const resources = list(dig(statement, 'Resource')).map(text)
    const isAnywhere = actions.length > 0 && actions.every(action => mayBeAnywhere.includes(action))
    return [
      ...actions.filter(hasWildcard).map(action => `${id}: allows the action ${action}`),
      ...resources
        .filter(resource => hasWildcard(resource) && !namedSecret.test(resource))
        .filter(resource => !(isAnywhere && resource === '*'))
        .map(resource => `${id}: allows ${actions.join(', ')} on ${resource}`),
      ...['NotAction', 'NotResource']
        .filter(key => dig(statement, key) !== undefined)
        .map(key => `${id}: ${key} allows all but what it names`),
    ]
  }),
  ...resourcesOf(template, 'AWS::IAM::Role')
    .filter(({ properties }) => dig(properties, 'ManagedPolicyArns') !== undefined)
    .map(({ id }) => `${id}: a policy that AWS manages`),
]

/** Nobody but whom we name: no resource lets every principal in. */
export const noStrangers: Check = template => [
  ...statements(template)
    .filter(({ statement }) => {
      const principal = dig(statement, 'Principal')
      return principal === '*' || list(dig(principal, 'AWS')).includes('*')
    })
    .map(({ id }) => `${id}: allows every principal`),
  ...resourcesOf(template, 'AWS::Lambda::Permission')
    .filter(
      ({ properties }) => dig(properties, 'Principal') === '*' || dig(properties, 'SourceArn') === undefined,
    )
    .map(({ id }) => `${id}: lets in more than one API`),
]

/** Queues and topics refuse whoever does not use TLS. */
export const tlsAlone: Check = template =>
  ['AWS::SQS::Queue', 'AWS::SNS::Topic'].flatMap(type =>
    resourcesOf(template, type)
      .filter(({ id }) => !isDeniedWithoutTls(template, id))
      .map(({ id }) => `${id}: can be reached without TLS`),
  )

function isDeniedWithoutTls(template: Template, id: string) {
  return ['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy'].some(type =>
    resourcesOf(template, type)
      .filter(({ properties }) =>
        [...list(dig(properties, 'Queues')), ...list(dig(properties, 'Topics'))].some(
          of => dig(of, 'Ref') === id,
        ),
      )
      .flatMap(({ properties }) => list(dig(properties, 'PolicyDocument', 'Statement')))
      .some(
        statement =>
          dig(statement, 'Effect') === 'Deny' &&
          dig(statement, 'Condition', 'Bool', 'aws:SecureTransport') === 'false',
      ),
  )
}

/** Every statement that allows something, of whatever policy: a role's own, its inline ones, a resource's. */
function statements(template: Template) {
  return Object.entries(template.Resources).flatMap(([id, { Properties }]) =>
    [
      dig(Properties, 'PolicyDocument'),
      ...list(dig(Properties, 'Policies')).map(policy => dig(policy, 'PolicyDocument')),
    ]
      .flatMap(document => list(dig(document, 'Statement')))
      .filter(statement => dig(statement, 'Effect') === 'Allow')
      .map(statement => ({ id, statement })),
  )
}

function hasWildcard(value: string) {
  return /[*?]/.test(value)
}
