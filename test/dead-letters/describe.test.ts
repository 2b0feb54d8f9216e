import { expect, test } from 'vitest'
import { parseSettings } from '../../lib/settings.ts'
import { readDeadLetter } from '../../tools/dead-letters/dead-letter-message.ts'
import { describeDeadLetter } from '../../tools/dead-letters/describe.ts'
import { safeJson } from '../../tools/terminal/safe-json.ts'

const described = (event: string) => {
  const Body = `{"version":1,"id":"m","receivedAt":"2026-11-26T00:00:00.000Z","event":${event}}`
  return describeDeadLetter(readDeadLetter({ MessageId: 'x', Body }), parseSettings({}), 0)
}
const nested = (levels: number, inside = '') => `${'['.repeat(levels)}${inside}${']'.repeat(levels)}`
const track = (properties: string) =>
  `{"type":"track","userId":"u","event":"Deep","properties":{"a":${properties}}}`

test('an event of any depth is described, and can be printed', () => {
  for (const levels of [998, 999, 5_000, 200_000]) {
    const description = described(track(nested(levels)))
    expect(safeJson(description).length).toBeGreaterThan(levels)
    const isTooDeep = levels > 998
    expect(description.problem !== undefined).toBe(isTooDeep)
    expect(description.call !== undefined).toBe(!isTooDeep)
    if (isTooDeep) expect(description).toMatchObject({ problem: expect.stringContaining('deeper') })
  }
  expect(described(nested(200_000)).body).toContain('[[[')
})

test('an event of 1 MiB of any shape is described, and can be printed', () => {
  const shapes = [
    '0,'.repeat(500_000).concat('0'),
    '[],'.repeat(300_000).concat('0'),
    '{"a":""},'.repeat(100_000).concat('0'),
    `"${'\\u202e'.repeat(150_000)}"`,
  ]
  for (const shape of shapes)
    for (const levels of [1, 990])
      expect(safeJson(described(track(nested(levels, shape)))).length).toBeGreaterThan(100_000)
})
