import { expect, test } from 'vitest'
import { simulate } from '../../tools/simulation/run.ts'
import { scenarios } from '../../tools/simulation/scenarios.ts'
import { formatTraceLine } from '../../tools/simulation/trace.ts'

async function traceOf(name: string, seed: number): Promise<string[]> {
  const scenario = scenarios.get(name)
  if (!scenario) throw new Error(`no scenario ${name}`)
  const { trace, telemetry, startMs } = await simulate({ scenario: { ...scenario, minutes: 15 }, seed })
  return [
    ...trace.lines().map(line => formatTraceLine(line, startMs)),
    ...telemetry.logs.map(line => JSON.stringify(line)),
  ]
}

test.each(['mixed', 'crashes', 'flaky-queue'])(
  'two runs of the same seed of %s are equal to the letter',
  async name => {
    const first = await traceOf(name, 7)
    expect(first.length).toBeGreaterThan(100)
    expect(await traceOf(name, 7)).toEqual(first)
    expect(await traceOf(name, 8)).not.toEqual(first)
  },
)
