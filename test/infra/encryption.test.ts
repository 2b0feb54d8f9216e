import { describe, expect, test } from 'vitest'
import { dig, list, resourcesOf, type Template } from '../../infra/checks/template.ts'
import { everyOption } from './every-option.ts'
import { functionOf, synthesized } from './synthesized.ts'

const keyArn = 'arn:aws:kms:eu-west-1:123456789012:key/12345678-90ab-cdef-1234-567890abcdef'

/** What the functions may do with keys: the function, the service between, and the actions. */
function keyPermissions(template: Template) {
  return resourcesOf(template, 'AWS::IAM::Policy').flatMap(({ id, properties }) =>
    list(dig(properties, 'PolicyDocument', 'Statement'))
      .filter(statement => list(dig(statement, 'Action')).some(action => String(action).startsWith('kms:')))
      .map(statement => {
        expect(dig(statement, 'Resource')).toBe(keyArn)
        const via = dig(statement, 'Condition', 'StringEquals', 'kms:ViaService', 'Fn::Join', 1, 0)
        return [
          id.replace(/Role.*/, ''),
          via,
          list(dig(statement, 'Action'))
            .map(action => String(action).slice(4))
            .sort()
            .join(),
        ]
      }),
  )
}

describe('a key of the customer', () => {
  const template = synthesized('prod', everyOption['a key of the customer'])

  test.each([
    ['SQS::Queue', 'KmsMasterKeyId', 2],
    ['DynamoDB::Table', 'SSESpecification.KMSMasterKeyId', 1],
    ['SNS::Topic', 'KmsMasterKeyId', 1],
    ['Logs::LogGroup', 'KmsKeyId', 4],
    ['SecretsManager::Secret', 'KmsKeyId', 2],
  ])('encrypts every %s', (type, path, count) => {
    const keys = resourcesOf(template, `AWS::${type}`).map(({ properties }) =>
      dig(properties, ...path.split('.')),
    )
    expect(keys).toEqual(Array(count).fill(keyArn))
  })

  test('is used by the functions only by way of the services that hold their data', () => {
    const queue = 'Decrypt,GenerateDataKey'
    const table =
      'Decrypt,DescribeKey,Encrypt,GenerateDataKey,GenerateDataKeyWithoutPlaintext,ReEncryptFrom,ReEncryptTo'
    expect(keyPermissions(template)).toEqual([
      ['Ingest', 'sqs.', queue],
      ['Ingest', 'secretsmanager.', 'Decrypt'],
      ['Worker', 'sqs.', queue],
      ['Worker', 'dynamodb.', table],
      ['Worker', 'secretsmanager.', 'Decrypt'],
    ])
    expect(keyPermissions(synthesized('prod', {}))).toEqual([])
  })
})

describe('what exists already', () => {
  const template = synthesized('prod', everyOption['what exists already'])

  test('existing secrets under a key of the customer are decrypted only by way of Secrets Manager', () => {
    expect(keyPermissions(template)).toEqual([
      ['Ingest', 'secretsmanager.', 'Decrypt'],
      ['Worker', 'secretsmanager.', 'Decrypt'],
    ])
  })

  test("with a domain, API Gateway's own host is off", () => {
    const off = (of: Template) =>
      resourcesOf(of, 'AWS::ApiGatewayV2::Api')[0]?.properties.DisableExecuteApiEndpoint
    expect([off(template), off(synthesized('prod', {})) ?? false]).toEqual([true, false])
  })

  test('the addresses that may send are given to ingest', () => {
    const given = dig(functionOf(template, 'ingest'), 'Environment', 'Variables', 'ALLOWED_SOURCE_IPS')
    expect(JSON.parse(String(given))).toEqual(['198.51.100.7', '203.0.113.0/24', '2001:db8::/32'])
  })
})

test('concurrency is reserved for ingest only where the stage says so', () => {
  const reserved = (block: object | undefined) =>
    ['ingest', 'worker'].map(
      name => functionOf(synthesized('prod', block), name)?.ReservedConcurrentExecutions,
    )
  expect(reserved(everyOption['numbers and texts'])).toEqual([10, undefined])
  expect(reserved({})).toEqual([undefined, undefined])
})

test('a deployment updates the worker before ingest, which may write what only the newer worker can read', () => {
  const { Resources } = synthesized('prod', {})
  const [ingest, worker] = ['Ingest', 'Worker'].map(name =>
    Object.entries(Resources).find(
      ([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.startsWith(name),
    ),
  )
  expect(list(dig(ingest?.[1], 'DependsOn'))).toContain(worker?.[0])
})
