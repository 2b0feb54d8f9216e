import { type Check, dig, list, resourcesOf, type Template, text } from './template.ts'

/** X-Ray's two actions have no resource, so they need `*`. Nothing else may have it. */
const mayBeAnywhere = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments']
/** The ARN of a secret that is known by name only: Secrets Manager appends six random characters to it. */
const namedSecret = /:secret:[\w/+=.@-]+-\?{6}$/

/**
 * Checks that no allowed action or resource has a wildcard, with two exceptions, and that no AWS managed policy is
 * used.
 */
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

/**
 * Checks that a function may use a key only by way of a service that it has to use: a role with `kms:Decrypt` alone
 * could decrypt whatever the key protects.
 */
export const keysByServiceAlone: Check = template =>
  resourcesOf(template, 'AWS::IAM::Policy').flatMap(({ id, properties }) =>
    list(dig(properties, 'PolicyDocument', 'Statement'))
      .filter(statement => list(dig(statement, 'Action')).some(action => String(action).startsWith('kms:')))
      .filter(statement => dig(statement, 'Condition', 'StringEquals', 'kms:ViaService') === undefined)
      .map(() => `${id}: may use a key without a service between`),
  )

/** Checks that no resource allows every principal. */
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

/** Checks that queues and topics refuse requests without TLS. */
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

/** Every `Allow` statement of any policy: a role's attached and inline policies, and the policies of resources. */
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
