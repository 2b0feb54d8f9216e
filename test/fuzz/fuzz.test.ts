import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { corpusFolder, keptCases } from '../../tools/fuzz/corpus.ts'
import { runTarget } from '../../tools/fuzz/run-target.ts'
import { must } from '../../tools/fuzz/target.ts'
import { targets } from '../../tools/fuzz/targets.ts'

/** Cases of each target in one run of the tests. `npm run fuzz` tries more, and others. */
const runs: Record<string, number> = {
  ingest: 600,
  queue: 800,
  transformation: 1_500,
  answers: 2_000,
  worker: 400,
}

describe.each([...targets])('%s', (name, target) => {
  test(`${runs[name]} hostile cases: ${target.sentence}`, async () => {
    expect(await runTarget(target, { runs: runs[name] ?? 0, seed: 1 })).toBeUndefined()
  })

  test.each(keptCases(name).map(({ file, why, input }) => [file, why, input] as const))(
    '%s: %s',
    async (_, __, input) => {
      await target.check(input)
    },
  )
})

test('every folder of the corpus belongs to a target', () => {
  expect(readdirSync(corpusFolder).sort()).toEqual([...targets.keys()].sort())
})

test('a case that breaks a target is found, made small, and told', async () => {
  const check = (text: string) => must(!text.includes('x'), 'no text has an x', text)
  const target = { name: 'x', sentence: '', cases: fc.string({ minLength: 3 }), check } as never
  const finding = await runTarget(target, { runs: 10_000, seed: 1 })
  expect(finding).toMatchObject({ fault: expect.stringMatching(/^no text has an x: ".*x.*"$/) })
  expect(String(finding?.input).length).toBeLessThan(6)
})
