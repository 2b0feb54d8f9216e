import { expect, test } from 'vitest'
import { createRandom, type Random } from '../../tools/simulation/random.ts'

const draw = (random: Random, count = 50) => Array.from({ length: count }, () => random.next())

test('the same seed gives the same numbers, another one others', () => {
  expect(draw(createRandom(7))).toEqual(draw(createRandom(7)))
  expect(draw(createRandom(7))).not.toEqual(draw(createRandom(8)))
})

test('a fork does not depend on what others drew', () => {
  const random = createRandom(7)
  const early = draw(random.fork('kustomer').fork('faults'))
  draw(random)
  expect(draw(random.fork('kustomer').fork('faults'))).toEqual(early)
  expect(draw(random.fork('sqs').fork('faults'))).not.toEqual(early)
})

test('numbers are spread evenly, and a chance comes true as often as it says', () => {
  const random = createRandom(1)
  const counts = Array.from({ length: 10 }, () => 0)
  for (let i = 0; i < 10_000; i++) counts[random.int(10)] = (counts[random.int(10)] ?? 0) + 1
  expect(Math.min(...counts)).toBeGreaterThan(800)
  const hits = Array.from({ length: 10_000 }, () => random.chance(0.2)).filter(Boolean)
  expect(Math.abs(hits.length - 2_000)).toBeLessThan(200)
  expect(random.chance(0)).toBe(false)
  expect(random.chance(1)).toBe(true)
  expect(['a', 'b']).toContain(random.pick(['a', 'b']))
  expect(() => random.pick([])).toThrow(RangeError)
})

test('a draw that came true can be taken away, and the others stay as they are', () => {
  const hits: string[] = []
  const all = createRandom(3, { onHit: name => hits.push(name) }).fork('faults')
  const before = Array.from({ length: 100 }, () => all.chance(0.1))
  const [first = ''] = hits
  expect(first).toMatch(/^faults#\d+$/)
  const some = createRandom(3, { suppressed: new Set([first]) }).fork('faults')
  const after = Array.from({ length: 100 }, () => some.chance(0.1))
  expect(after).toEqual(before.with(before.indexOf(true), false))
})
