import type { CommandIo } from '../terminal/command-io.ts'
import { safeJson } from '../terminal/safe-json.ts'
import { paint } from '../terminal/terminal.ts'
import { brokenKind } from './broken-kind.ts'
import { check } from './check.ts'
import { describeBroken, traceText } from './describe-broken.ts'
import { type RunOptions, simulate } from './run.ts'

/** How a run is shown. */
export interface RepeatSeedOptions {
  /** Kinds of broken properties that are shown in full, each made shorter for so many seconds. */
  show: number
  shrink: number
  json: boolean
}

/** Runs one seed again and shows its trace, and after it what is broken. Gives whether everything held. */
export async function repeatSeed(
  { scenario, seed }: RunOptions,
  { show, shrink, json }: RepeatSeedOptions,
  { out }: CommandIo,
): Promise<boolean> {
  const run = await simulate({ scenario, seed })
  const broken = await check(run)
  const lines = json ? [...run.trace.lines(), ...broken].map(line => safeJson(line, 'line')) : traceText(run)
  for (const line of lines) out.write(`${line}\n`)
  if (json) return broken.length === 0
  if (broken.length === 0) out.write(`${paint('green', 'every property holds', out)}\n`)
  for (const kind of [...new Set(broken.map(brokenKind))].slice(0, show))
    out.write(`\n${await describeBroken({ scenario, seed }, kind, shrink, out)}\n`)
  return broken.length === 0
}
