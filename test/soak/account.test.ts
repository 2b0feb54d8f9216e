import { describe, expect, test } from 'vitest'
import { account, isBalanced, type Sent } from '../../tools/soak/account.ts'
import { createRandom } from '../../tools/soak/random.ts'

const step = (person: string, n: number): Sent => ({
  person,
  mark: `Step-${person}-${n}`,
  event: { type: 'track', messageId: `Step-${person}-${n}` },
})

describe('an account', () => {
  const sent = [1, 2, 3].map(n => step('Ann', n))
  const [first = '', second = '', third = ''] = sent.map(({ mark }) => mark)
  const stored = (mark: string, isAnswered = true) => ({ mark, isAnswered })

  test('finds events that are lost, dead-lettered, or both dead-lettered and delivered', () => {
    const result = account(sent, [stored(first), stored(second)], [second])
    expect(result).toMatchObject({ delivered: 1, dead: [second], lost: [third], both: [second] })
    expect(isBalanced(result)).toBe(false)
  })

  test('allows a duplicate only if the answer to every write but the last was lost', () => {
    const twice = [stored(first), stored(first), stored(second, false), stored(second), stored(third)]
    expect(account(sent, twice, [])).toMatchObject({ doubled: [first], doubledAllowed: [second], lost: [] })
  })

  test('finds events of the same person that are out of order', () => {
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

test('the same seed gives the same numbers, in proportion to the weights', () => {
  const draw = (seed: number) => {
    const random = createRandom(seed)
    return Array.from({ length: 5_000 }, () => random.pick(['a', 'b'], item => (item === 'a' ? 3 : 1)))
  }
  expect(draw(5)).toEqual(draw(5))
  expect(draw(5)).not.toEqual(draw(6))
  const share = draw(5).filter(item => item === 'a').length / 5_000
  expect(Math.abs(share - 0.75)).toBeLessThan(0.03)
})
