import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import type { Command } from '@commander-js/extra-typings'
import { secrets } from '../../lib/policy.ts'
import { ageOf } from '../dead-letters/describe.ts'
import { readStack } from '../dead-letters/read-stack.ts'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { type CommandHelp, commandLine, runCommand } from '../terminal/command-line.ts'
import { readSecret } from '../terminal/read-secret.ts'
import { openSecret, type Secret } from './secret.ts'
import { setWebhookSecret } from './webhook-secret.ts'

const help: CommandHelp = {
  name: 'secrets',
  summary:
    'Sets and rotates the secrets of a deployed relay. A value is read from standard input, never from the command line.',
  examples: [
    [
      'npm run secrets -- webhook --stack kustomer-relay-prod',
      'asks for the new webhook secret, without echo',
    ],
    ['npm run secrets -- webhook --stack kustomer-relay-prod --generate', 'makes one and prints it once'],
    [
      'npm run secrets -- webhook --stack kustomer-relay-prod --forget-previous',
      'after a leak: refuses the value before',
    ],
    ['npm run -s secrets -- kustomer-key --stack kustomer-relay-prod < key.txt', "sets Kustomer's API key"],
  ],
  exits: { 0: 'the secret was set', 1: 'nothing was changed', 2: 'the secret could not be set' },
}

/** Runs `npm run secrets`: sets the webhook secret or Kustomer's key. Returns the exit code. */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  const exit = { code: 0 }
  const program = commandLine(io, help)
  stackCommand(program, 'webhook', 'Sets the webhook secret, which RudderStack sends.')
    .option('--generate', 'makes a new value and prints it once, to paste it into RudderStack')
    .option('--forget-previous', 'refuses the value before the current one, which is else valid for a day')
    .option('--yes', 'does not ask')
    .action(async options => {
      exit.code = await setWebhookSecret(await open(options.stack, 'WebhookSecretName'), options, io)
    })
  stackCommand(program, 'kustomer-key', "Sets Kustomer's API key.").action(async options => {
    exit.code = await setKey(await open(options.stack, 'KustomerKeySecretName'), io)
  })
  return runCommand(program, argv, io, exit)
}

function stackCommand(program: Command, name: string, summary: string) {
  return program.command(name).description(summary).option('--stack <name>', 'the deployed stack; needed')
}

async function open(stack: string | undefined, outputKey: string): Promise<Secret> {
  if (stack === undefined) throw new Error('Say which stack: --stack NAME')
  const name = (await readStack(stack)).output(outputKey)
  if (!name) throw new Error(`The stack ${stack} has no output ${outputKey}: is it the stack of a relay?`)
  return openSecret(new SecretsManagerClient({}), name)
}

async function setKey(secret: Secret, io: CommandIo): Promise<number> {
  const signal = io.interruption()
  const value = await readSecret(io, "Kustomer's API key (it is not shown):", signal)
  if (signal.aborted) return 1
  if (!/^[\x21-\x7e]{16,4096}$/.test(value))
    throw new Error('A key has printable ASCII characters and no blank: nothing was changed')
  await secret.set(value)
  printLine(
    io.err,
    `The key was set. The workers use it within ${ageOf(secrets.maxAgeSeconds)}, or at once when Kustomer refuses the old one: then revoke that in Kustomer.`,
  )
  return 0
}
