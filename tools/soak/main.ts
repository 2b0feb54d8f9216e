import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CommandIo, type Output, printLine } from '../terminal/command-io.ts'
import { type CommandHelp, commandLine, runCommand } from '../terminal/command-line.ts'
import { part, whole } from '../terminal/numbers.ts'
import { safeJson } from '../terminal/safe-json.ts'
import { paint } from '../terminal/terminal.ts'
import { isBalanced } from './account.ts'
import { type SoakOptions, type SoakResult, soak } from './soak.ts'

const help: CommandHelp = {
  name: 'soak',
  summary:
    'Sends events through a whole relay while Kustomer fails at random, and checks the result of every event.',
  examples: [
    ['npm run soak', '5,000 events of 200 people, 5 % of the events with a fault'],
    ['npm run soak -- --seed 7 --events 1000', 'a shorter soak'],
    ['npm run soak -- --seeds 20 --json', 'seeds 1 to 20, one line of JSON for each'],
  ],
  exits: {
    0: 'every event was delivered or dead-lettered as it must be',
    1: 'an event was lost, doubled or out of order',
    2: 'the soak could not run',
  },
}

/** Runs `npm run soak`, one seed after the other. Returns the exit code. */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  const exit = { code: 0 }
  const program = commandLine(io, help)
    .option('--seed <n>', 'the seed of events and faults', whole(), 1)
    .option('--seeds <n>', 'how many seeds to run, from --seed on', whole(), 1)
    .option('--events <n>', 'how many events to send', whole(), 5_000)
    .option('--people <n>', 'how many people the events are about', whole(), 200)
    .option('--faults <part>', 'the part of the events with a fault, 0 to 1', part, 0.05)
    .option('--json', 'one line of JSON for each seed')
    .action(async ({ seed, seeds, json, ...options }) => {
      for (let i = 0; i < seeds; i++) {
        const result = await inFolder({ ...options, seed: seed + i })
        printLine(io.out, json ? safeJson(lineOf(result), 'line') : textOf(result, io.out))
        if (!isBalanced(result.account)) exit.code = 1
      }
    })
  return runCommand(program, argv, io, exit)
}

async function inFolder(options: Omit<SoakOptions, 'dataDir'>): Promise<SoakResult> {
  const dataDir = mkdtempSync(join(tmpdir(), 'relay-soak-'))
  try {
    return await soak({ ...options, dataDir })
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function lineOf({ seed, account, faults, calls, seconds }: SoakResult) {
  return { seed, isBalanced: isBalanced(account), ...account, faults, calls, seconds }
}

function textOf({ seed, account, faults, calls, seconds }: SoakResult, out: Output): string {
  const { accepted, delivered, dead, lost, both, doubled, doubledAllowed, disordered } = account
  const wrong = (text: string, items: string[]) =>
    items.length === 0
      ? `${text} 0`
      : paint('red', `${text} ${items.length} (${items.slice(0, 5).join(', ')})`, out)
  return [
    `seed ${seed}: ${isBalanced(account) ? paint('green', 'balanced', out) : paint('red', 'does not balance', out)}`,
    `accepted ${accepted}, delivered ${delivered}, dead ${dead.length}`,
    `${wrong('lost', lost)}, ${wrong('delivered and dead', both)}, ${wrong('people out of order', disordered)}`,
    `doubled: allowed ${doubledAllowed.length} (answer lost after the write), ${wrong('not allowed', doubled)}`,
    paint('dim', `${faults} faults, ${calls} calls, ${seconds.toFixed(1)} s`, out),
  ].join('\n  ')
}
