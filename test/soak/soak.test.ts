import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { account, isBalanced } from '../../tools/soak/account.ts'
import { createRandom } from '../../tools/soak/random.ts'
import { type SoakResult, soak } from '../../tools/soak/soak.ts'
import { step, steps } from '../system/relay-harness.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'relay-soak-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

describe('1,000 events of 100 people, 5 % of them with a fault', () => {
  let result: SoakResult
  let logs: string
  beforeAll(async () => {
    result = await soak({ seed: 1, events: 1_000, people: 100, faults: 0.05, dataDir })
    const files = readdirSync(dataDir).filter(name => name.endsWith('.log'))
    logs = files.map(name => readFileSync(join(dataDir, name), 'utf8')).join('\n')
  }, 60_000)

  test('the ledger balances', () => {
    expect(result.account.accepted).toBe(1_000)
    expect(result.faults).toBeGreaterThan(30)
    expect({ ...result.account, isBalanced: isBalanced(result.account) }).toMatchObject({
      isBalanced: true,
      lost: [],
      both: [],
      doubled: [],
      disordered: [],
    })
  })

  test('no log holds an e-mail, a phone, a name, an id of a person, a text of an event, or a key', () => {
    const personal = result.people.flatMap(({ id, email, phone, name, note }) => [
      id,
      email,
      phone,
      name,
      note,
    ])
    const hidden = [...personal, ...result.secrets]
    expect(logs.split('\n').length).toBeGreaterThan(2_000)
    expect(hidden).toHaveLength(502)
    expect(hidden.filter(text => logs.includes(text))).toEqual([])
    expect(hidden.filter(text => logs.includes(encodeURIComponent(text)))).toEqual([])
  })

  test('no log holds a body', () => {
    expect(logs).toContain('"soak-1"')
    expect(logs).not.toMatch(/Soak-Step|"properties"|"traits"|"userId"|"emails"|"meta"/)
  })
})

describe('an account', () => {
  const sent = steps('Ann', 3)
  const [first = '', second = '', third = ''] = sent.map(({ mark }) => mark)
  const stored = (mark: string, isAnswered = true) => ({ mark, isAnswered })

  test('finds what is lost, dead, and dead as well as delivered', () => {
    const result = account(sent, [stored(first), stored(second)], [second])
    expect(result).toMatchObject({ delivered: 1, dead: [second], lost: [third], both: [second] })
    expect(isBalanced(result)).toBe(false)
  })

  test('allows a double only where the answer to every one but the last was lost', () => {
    const twice = [stored(first), stored(first), stored(second, false), stored(second), stored(third)]
    expect(account(sent, twice, [])).toMatchObject({ doubled: [first], doubledAllowed: [second], lost: [] })
  })

  test("finds one person's events out of order, and only one person's", () => {
    const mixed = [...sent, step('Ben', 1)]
    const marks = [first, 'Step-Ben-1', second, third]
    expect(
      account(
        mixed,
        marks.map(mark => stored(mark)),
        [],
      ).disordered,
    ).toEqual([])
    expect(
      account(
        mixed,
        [second, first, 'Step-Ben-1', third].map(mark => stored(mark)),
        [],
      ).disordered,
    ).toEqual(['Ann'])
  })
})

test('the same seed gives the same numbers, in the proportions that were asked for', () => {
  const draw = (seed: number) => {
    const random = createRandom(seed)
    return Array.from({ length: 5_000 }, () => random.pick(['a', 'b'], item => (item === 'a' ? 3 : 1)))
  }
  expect(draw(5)).toEqual(draw(5))
  expect(draw(5)).not.toEqual(draw(6))
  const share = draw(5).filter(item => item === 'a').length / 5_000
  expect(Math.abs(share - 0.75)).toBeLessThan(0.03)
})
