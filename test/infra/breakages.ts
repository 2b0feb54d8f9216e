import { dig, list, resourcesOf, type Template } from '../../infra/checks/template.ts'

const xray = 'xray:PutTraceSegments'

/** Templates that are broken on purpose: the invariant, a description, the change, and the expected message. */
export const breakages: [string, string, (template: Template) => void, RegExp][] = [
  [
    'visibilityOutlastsWorker',
    'a shorter visibility',
    set('SQS::Queue', 1, 'VisibilityTimeout', 359),
    /visibility 359 s is less than 360 s/,
  ],
  [
    'visibilityOutlastsWorker',
    'a longer time-out',
    set('Lambda::Function', 1, 'Timeout', 61),
    /360 s is less than 366 s/,
  ],
  [
    'visibilityOutlastsWorker',
    'no visibility at all',
    set('SQS::Queue', 1, 'VisibilityTimeout'),
    /visibility 30 s/,
  ],
  [
    'concurrencyFits',
    'a maximum of one',
    set('Lambda::EventSourceMapping', 0, 'ScalingConfig', { MaximumConcurrency: 1 }),
    /is less than 2/,
  ],
  [
    'concurrencyFits',
    'no maximum',
    set('Lambda::EventSourceMapping', 0, 'ScalingConfig'),
    /NaN is less than 2/,
  ],
  [
    'concurrencyFits',
    'a reserved concurrency below it',
    set('Lambda::Function', 1, 'ReservedConcurrentExecutions', 1),
    /above the reserved 1/,
  ],
  [
    'concurrencyFits',
    'a worker that paces itself otherwise',
    set('Lambda::Function', 1, 'Environment', { Variables: { WORKER_CONCURRENCY: '4' } }),
    /divides its rate by 4/,
  ],
  [
    'answersArePartial',
    'whole batches',
    set('Lambda::EventSourceMapping', 0, 'FunctionResponseTypes'),
    /no partial batch responses/,
  ],
  ['deadLettersFit', 'a standard dead-letter queue', set('SQS::Queue', 0, 'FifoQueue'), /not of its kind/],
  [
    'deadLettersFit',
    'dead letters with a shorter retention',
    set('SQS::Queue', 0, 'MessageRetentionPeriod', 86_400),
    /deleted before/,
  ],
  ['deadLettersFit', 'no dead-letter queue', set('SQS::Queue', 1, 'RedrivePolicy'), /no dead-letter queue/],
  [
    'noWildcards',
    'an action with a wildcard',
    allow({ Action: 'sqs:*', Resource: 'arn:x' }),
    /allows the action sqs:\*/,
  ],
  [
    'noWildcards',
    'a wildcard in the middle',
    allow({ Action: ['sqs:Send*'], Resource: 'arn:x' }),
    /the action sqs:Send\*/,
  ],
  [
    'noWildcards',
    'any resource',
    allow({ Action: 'sqs:SendMessage', Resource: '*' }),
    /sqs:SendMessage on \*/,
  ],
  [
    'noWildcards',
    'a star at the end of a joined ARN',
    allow({
      Action: 'sqs:SendMessage',
      Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sqs:*']] },
    }),
    /on arn:<…>:sqs:\*/,
  ],
  [
    'noWildcards',
    "X-Ray's action with another",
    allow({ Action: [xray, 'sqs:SendMessage'], Resource: '*' }),
    /SendMessage on \*/,
  ],
  [
    'noWildcards',
    'a secret by a part of its name',
    allow({ Action: 'secretsmanager:GetSecretValue', Resource: 'arn:aws:secretsmanager:r:1:secret:kust*' }),
    /secret:kust\*/,
  ],
  [
    'noWildcards',
    'all but one action',
    allow({ NotAction: 'sqs:SendMessage', Resource: 'arn:x' }),
    /NotAction/,
  ],
  [
    'noWildcards',
    'an inline policy',
    set('IAM::Role', 0, 'Policies', [
      { PolicyDocument: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } },
    ]),
    /allows the action \*/,
  ],
  ['noWildcards', 'a managed policy', set('IAM::Role', 0, 'ManagedPolicyArns', ['arn:x']), /AWS manages/],
  [
    'keysByServiceAlone',
    'a key that the function may use itself',
    allow({ Action: 'kms:Decrypt', Resource: 'arn:aws:kms:eu-west-1:1:key/1' }),
    /IngestRole\w+: may use a key without a service/,
  ],
  [
    'noStrangers',
    'a queue with public access',
    set('SQS::QueuePolicy', 0, 'PolicyDocument', {
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: 'arn:x' }],
    }),
    /every principal/,
  ],
  ['noStrangers', 'a function for every API', set('Lambda::Permission', 0, 'SourceArn'), /more than one API/],
  [
    'tlsAlone',
    'a queue without its policy',
    drop('SQS::QueuePolicy', 0),
    /DeadLetters\w+: can be reached without TLS/,
  ],
  [
    'tlsAlone',
    'a topic without its policy',
    drop('SNS::TopicPolicy', 0),
    /Topic\w+: can be reached without TLS/,
  ],
  ['logsEnd', 'a log group for ever', set('Logs::LogGroup', 0, 'RetentionInDays'), /never deletes its logs/],
  [
    'logsEnd',
    "a function with Lambda's own log group",
    set('Lambda::Function', 0, 'LoggingConfig'),
    /no log group of its own/,
  ],
  [
    'alarmsAreHeard',
    'an alarm without an action',
    set('CloudWatch::Alarm', 3, 'AlarmActions'),
    /notifies no topic/,
  ],
  [
    'alarmsAreHeard',
    'actions switched off',
    set('CloudWatch::Alarm', 3, 'ActionsEnabled', false),
    /notifies no topic/,
  ],
  ['alarmsAreHeard', 'a topic that CloudWatch may not use', drop('SNS::TopicPolicy', 0), /notifies no topic/],
  [
    'alarmsAreHeard',
    'an alarm that does not say when it ends',
    set('CloudWatch::Alarm', 3, 'OKActions'),
    /notifies no topic/,
  ],
  [
    'alarmsAreHeard',
    'a composite alarm without an action',
    set('CloudWatch::CompositeAlarm', 0, 'AlarmActions'),
    /EventsLost\w+: notifies no topic/,
  ],
  [
    'alarmsAreHeard',
    'a topic for the alarms of every account',
    template => {
      const policy = resourcesOf(template, 'AWS::SNS::TopicPolicy')[0]
      for (const statement of list(dig(policy?.properties, 'PolicyDocument', 'Statement')))
        if (dig(statement, 'Effect') === 'Allow') delete Object(statement).Condition
    },
    /notifies no topic/,
  ],
  [
    'topicsAreEncrypted',
    'a topic in plain text',
    set('SNS::Topic', 0, 'KmsMasterKeyId'),
    /Topic\w+: is not encrypted/,
  ],
  [
    'topicsAreEncrypted',
    "SNS's own key",
    set('SNS::Topic', 0, 'KmsMasterKeyId', 'alias/aws/sns'),
    /CloudWatch may not use/,
  ],
  [
    'topicsAreEncrypted',
    'a key that does not admit CloudWatch',
    set('KMS::Key', 0, 'KeyPolicy', { Statement: [] }),
    /CloudWatch may not use/,
  ],
  [
    'alarmsAreHeard',
    'a description without instructions',
    set('CloudWatch::Alarm', 0, 'AlarmDescription', 'bad'),
    /does not say what to do/,
  ],
  [
    'alarmsAreHeard',
    'an alarm at night without traffic',
    set('CloudWatch::Alarm', 0, 'TreatMissingData', 'breaching'),
    /treats missing data/,
  ],
  [
    'noSecretValues',
    'a secret with its value',
    set('SecretsManager::Secret', 1, 'SecretString', 'x'),
    /its value is in the template/,
  ],
  [
    'noSecretValues',
    'a setting for a key',
    set('Lambda::Function', 1, 'Environment', { Variables: { KUSTOMER_API_KEY: 'x' } }),
    /KUSTOMER_API_KEY looks like a variable/,
  ],
  [
    'noSecretValues',
    'a JWT anywhere',
    set('SQS::Queue', 0, 'QueueName', 'eyJhbGciOiJIUzI1NiJ9.eyJpZCI6IjEifQ'),
    /holds a JWT/,
  ],
  [
    'noSecretValues',
    'a header with its value',
    template => Object.assign(template, { Outputs: { H: { Value: 'authorization: Bearer s3cr3t-s3cr3t' } } }),
    /H: holds a bearer token/,
  ],
  [
    'noSecretValues',
    'a secret that CloudFormation resolves',
    set('Lambda::Function', 1, 'Description', '{{resolve:secretsmanager:x}}'),
    /holds a resolved secret/,
  ],
  [
    'recordsExpire',
    'a table that keeps its records',
    set('DynamoDB::Table', 0, 'TimeToLiveSpecification'),
    /do not expire/,
  ],
  [
    'recordsExpire',
    'an expiry attribute that records do not have',
    set('DynamoDB::Table', 0, 'TimeToLiveSpecification', { Enabled: true, AttributeName: 'ttl' }),
    /do not expire/,
  ],
  [
    'tablesAreGuarded',
    'no key of the account',
    set('DynamoDB::Table', 0, 'SSESpecification'),
    /a key of the account/,
  ],
  [
    'tablesAreGuarded',
    'provisioned capacity',
    set('DynamoDB::Table', 0, 'BillingMode', 'PROVISIONED'),
    /not billed on demand/,
  ],
  ['tablesAreGuarded', 'a kept table without a way back', keepTable, /cannot be restored/],
  [
    'failedCreationsLeaveNothing',
    'a queue that survives a failed creation',
    template => {
      const [queue] = resourcesOf(template, 'AWS::SQS::Queue')
      Object.assign(template.Resources[queue?.id ?? ''] ?? {}, { DeletionPolicy: 'Retain' })
    },
    /blocks the next one/,
  ],
  [
    'tableRightsAreLeast',
    'a table for ingest',
    allow({ Action: 'dynamodb:GetItem', Resource: { 'Fn::GetAtt': ['PeopleTable'] } }),
    /IngestRole\w+: a function that has no table/,
  ],
  [
    'tableRightsAreLeast',
    'a scan',
    allow({ Action: ['dynamodb:GetItem', 'dynamodb:Scan'], Resource: 'arn:x' }),
    /allows dynamodb:Scan/,
  ],
  [
    'tableRightsAreLeast',
    'a table of another stack',
    allow({ Action: 'dynamodb:GetItem', Resource: 'arn:aws:dynamodb:eu-west-1:1:table/other' }),
    /more than a table of this stack/,
  ],
]

/** Sets one property of the nth resource of a type. Without a value it removes the property. */
function set(type: string, nth: number, property: string, value?: unknown) {
  return (template: Template) => {
    const properties = resourcesOf(template, `AWS::${type}`)[nth]?.properties
    if (!properties) throw new Error(`no AWS::${type} number ${nth}`)
    if (value === undefined) delete properties[property]
    else properties[property] = value
  }
}

function drop(type: string, nth: number) {
  return (template: Template) => {
    const id = resourcesOf(template, `AWS::${type}`)[nth]?.id
    if (!id) throw new Error(`no AWS::${type} number ${nth}`)
    delete template.Resources[id]
  }
}

/** Keeps the table as `retain` does, but without the other settings that `retain` needs. */
function keepTable(template: Template) {
  for (const { id } of resourcesOf(template, 'AWS::DynamoDB::Table'))
    Object.assign(template.Resources[id] ?? {}, { DeletionPolicy: 'RetainExceptOnCreate' })
}

/** Adds a statement to the first role's policy. */
function allow(statement: object) {
  return (template: Template) => {
    const statements = dig(
      resourcesOf(template, 'AWS::IAM::Policy')[0]?.properties,
      'PolicyDocument',
      'Statement',
    )
    if (!Array.isArray(statements)) throw new Error('no statements')
    statements.push({ Effect: 'Allow', ...statement })
  }
}
