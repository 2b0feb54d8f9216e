import { describe, expect, test } from 'vitest'
import { errorSentence } from '../../tools/terminal/error-sentence.ts'
import { settingsSentence } from '../../tools/terminal/settings-sentence.ts'
import { swallowedFlags } from '../../tools/terminal/swallowed-flags.ts'

const errorNamed = (name: string, message: string, code?: string) =>
  Object.assign(new Error(message), { name, ...(code && { code }) })

describe('the sentence for an error', () => {
  test.each([
    [errorNamed('Error', 'Region is missing'), 'No AWS region is set: set AWS_REGION'],
    [
      errorNamed('CredentialsProviderError', 'Could not load credentials from any providers'),
      'No valid AWS credentials were found: run aws sso login',
    ],
    [
      errorNamed('ExpiredTokenException', 'The security token has expired'),
      'Your AWS credentials have expired',
    ],
    [
      errorNamed('CredentialsProviderError', 'The SSO session associated with this profile has expired.'),
      'Your AWS credentials have expired',
    ],
    [
      errorNamed('ValidationError', 'Stack with id relay-prod does not exist'),
      'Stack relay-prod does not exist in this account and region',
    ],
    [
      errorNamed('AccessDenied', 'no sqs:ReceiveMessage'),
      'AWS refuses it for your role: no sqs:ReceiveMessage',
    ],
    [errorNamed('Error', 'getaddrinfo ENOTFOUND sqs.eu.amazonaws.com'), 'There is no connection'],
    [errorNamed('AbortError', 'The operation was aborted'), 'Interrupted: not everything was done'],
    [errorNamed('TypeError', 'x is not a function'), 'TypeError: x is not a function'],
    [errorNamed('Error', 'a plain sentence'), 'a plain sentence'],
    ['a\u001b[2J', 'a\\u001b[2J'],
  ])('%s', (error, sentence) => {
    expect(errorSentence(error)).toContain(sentence)
  })
})

describe('the sentence for a fault of the settings', () => {
  test.each<[string, string, unknown, string]>([
    [
      'advancedTransfrom',
      'no such key',
      {},
      'there is no setting "advancedTransfrom": did you mean advancedTransform?',
    ],
    [
      'colour',
      'no such key',
      {},
      'there is no setting "colour". The settings are baseEndpoint, advancedTransform',
    ],
    [
      'stampEvents',
      'true or false',
      { stampEvents: 'yes' },
      'stampEvents must be true or false, and it is "yes".',
    ],
    ['stampEvents', 'true or false', { stampEvents: 'y'.repeat(99) }, 'and it is text.'],
  ])('%s, %s, %j', (path, expected, settings, sentence) => {
    expect(settingsSentence({ path, expected, got: 'text' }, settings)).toContain(sentence)
  })
})

describe('the options that npm kept', () => {
  const names = ['--local', '--stack', '--dry-run']
  const npm = { npm_command: 'run-script' }
  test.each<[string[], Record<string, string>, string[]]>([
    [['list'], { ...npm, npm_config_local: 'true' }, ['--local']],
    [['replay'], { ...npm, npm_config_stack: 'prod', npm_config_dry_run: 'true' }, ['--stack', '--dry-run']],
    [['list', '--stack=prod'], { ...npm, npm_config_stack: 'x' }, []],
    [['list'], { ...npm, npm_config_dry_run: '' }, []],
    [['list'], { npm_config_local: 'true' }, []],
  ])('of %j in %j are %j', (argv, env, kept) => {
    expect(swallowedFlags(names, argv, env)).toEqual(kept)
  })
})
