import { randomBytes } from 'node:crypto'
import { secrets, webhook } from '../../lib/policy.ts'
import { ageOf } from '../dead-letters/describe.ts'
import { ask, mayAsk } from '../terminal/ask.ts'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { readSecret } from '../terminal/read-secret.ts'
import type { Secret } from './secret.ts'

/** The webhook secret is valid this long after it was replaced. */
const overlapMs = secrets.previousSeconds * 1000
/** Seconds after which the header may be changed: three times as long as the relay needs to know a new value. */
const headerAfterSeconds = webhook.secretRefetchSeconds * 3

/** The options of `secrets webhook`. */
export interface WebhookSecretOptions {
  /** Makes a new value. Without it the value is read from standard input. */
  generate?: true | undefined
  /** Ends the value before the current one, after a leak. */
  forgetPrevious?: true | undefined
  yes?: true | undefined
}

/**
 * Sets the webhook secret, and says when to change RudderStack's header. It asks first if the last change is less than a
 * day old. Returns the exit code: 1 if nothing was changed. @throws Error if the value is not valid in a header.
 */
export async function setWebhookSecret(
  secret: Secret,
  options: WebhookSecretOptions,
  io: CommandIo,
): Promise<number> {
  const age = Date.now() - ((await secret.setAtMs()) ?? -Infinity)
  if (options.forgetPrevious) return forgetPrevious(secret, options, io)
  if (age < overlapMs && !(await isSure(secondRotation(age), options, io))) return 1
  const signal = io.interruption()
  const value = options.generate
    ? randomBytes(36).toString('base64url').replaceAll(/[-_]/g, 'x')
    : await readSecret(io, 'The new webhook secret (it is not shown):', signal)
  if (signal.aborted) return 1
  if (!/^[\x21-\x7e]{16,256}$/.test(value))
    throw new Error(
      'The value must have 16 to 256 printable ASCII characters and no blank: nothing was changed',
    )
  await secret.set(value)
  if (options.generate) printLine(io.out, value)
  printLine(
    io.err,
    [
      'The webhook secret was set.',
      `1. Wait ${headerAfterSeconds} s, until every part of the relay knows it.`,
      '2. Change the header in RudderStack: authorization: Bearer and the new value.',
      `The old value is valid for ${ageOf(secrets.previousSeconds)}. If it has leaked, end it when the header is changed: --forget-previous.`,
    ].join('\n'),
  )
  return 0
}

/** A second rotation makes the value before the last one invalid, which RudderStack may still send. */
function secondRotation(ageMs: number): string {
  return `The webhook secret was set only ${ageOf(ageMs / 1000)} ago. A second change ends the value before it at once: if RudderStack still sends that one, its events are refused and lost. Has the header been changed since then?`
}

async function forgetPrevious(secret: Secret, options: WebhookSecretOptions, io: CommandIo): Promise<number> {
  const question =
    'The value before the current one will be refused at once. RudderStack must send the current one already, or its events are refused and lost. Does it?'
  if (!(await isSure(question, options, io))) return 1
  await secret.forgetPrevious()
  printLine(io.err, `The value before the current one is refused after ${webhook.secretRefetchSeconds} s.`)
  return 0
}

async function isSure(question: string, { yes }: WebhookSecretOptions, io: CommandIo): Promise<boolean> {
  if (yes) return true
  if (!mayAsk(io)) throw new Error(`${question} Say --yes if so: there is no terminal to ask on`)
  return ask(io, question, io.interruption())
}
