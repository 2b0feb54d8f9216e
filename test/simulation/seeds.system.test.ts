import { expect, test } from 'vitest'
import { scenarios } from '../../tools/simulation/scenarios.ts'
import { simulateSeed } from '../../tools/simulation/simulate-seed.ts'

/** Properties that the relay still breaks. One that is mended leaves this list; none may come to it. */
const stillBroken = new Set(['delivered once', 'given up for cause', 'newest name', 'whose customer'])

const firsts = Array.from({ length: 10 }, (_, index) => index * 10 + 1)

test.each(firsts)('ten seeds from %d of the mixed scenario break no property', async first => {
  const mixed = scenarios.get('mixed')
  if (!mixed) throw new Error('no mixed scenario')
  for (let seed = first; seed < first + 10; seed++) {
    const { broken, events } = await simulateSeed({ scenario: { ...mixed, minutes: 20 }, seed })
    const found = broken.filter(({ property }) => !stillBroken.has(property))
    expect({ seed, found }).toEqual({ seed, found: [] })
    expect(events).toBeGreaterThan(40)
  }
})
