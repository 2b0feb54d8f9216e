import { expect, test } from 'vitest'
import { scenarios } from '../../tools/simulation/scenarios.ts'
import { simulateSeed } from '../../tools/simulation/simulate-seed.ts'

const firsts = Array.from({ length: 10 }, (_, index) => index * 10 + 1)

test.each(firsts)('ten seeds from %d of the mixed scenario break no property', async first => {
  const mixed = scenarios.get('mixed')
  if (!mixed) throw new Error('no mixed scenario')
  for (let seed = first; seed < first + 10; seed++) {
    const { broken, events } = await simulateSeed({ scenario: { ...mixed, minutes: 10 }, seed })
    expect({ seed, broken }).toEqual({ seed, broken: [] })
    expect(events).toBeGreaterThan(20)
  }
})
