import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { corpusFolder, keptCases } from '../../tools/fuzz/corpus.ts'
import { main } from '../../tools/fuzz/main.ts'
import { runTarget } from '../../tools/fuzz/run-target.ts'
import { must, type Target } from '../../tools/fuzz/target.ts'
import { targets } from '../../tools/fuzz/targets.ts'
import { runInProcess } from '../terminal/in-process.ts'

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

describe('what breaks a target', () => {
  const check = (text: string) => must(!text.includes('x'), 'no text has an x', text)
  const broken = {
    name: 'broken',
    sentence: '',
    cases: fc.string({ minLength: 3 }),
    check,
  } as unknown as Target

  test('is found and made small', async () => {
    const finding = await runTarget(broken, { runs: 10_000, seed: 1 })
    expect(finding).toMatchObject({ fault: expect.stringMatching(/^no text has an x: ".*x.*"$/) })
    expect(String(finding?.input).length).toBeLessThan(6)
  })

  test('is printed as a case to keep, with exit code 1', async () => {
    const all = new Map([['broken', broken]])
    const { code, out } = await runInProcess(
      (argv, io) => main(argv, io, all),
      ['--runs', '10000', '--seed', '1'],
    )
    const [line = '', kept = ''] = out.split('\n')
    expect({ code, line }).toEqual({
      code: 1,
      line: expect.stringMatching(/^broken: seed 1, case \d+: no text has an x/),
    })
    expect(JSON.parse(kept)).toEqual({ why: '', input: expect.stringContaining('x') })
  })
})

test('npm run fuzz tries the targets that are named, with exit code 0', async () => {
  const { code, out } = await runInProcess(main, ['answers', '--runs', '20', '--seed', '3'])
  expect({ code, out }).toEqual({
    code: 0,
    out: expect.stringMatching(/^answers: seed 3, 20 cases held\. .*\n$/),
  })
  expect((await runInProcess(main, ['nothing'])).code).toBe(2)
})
