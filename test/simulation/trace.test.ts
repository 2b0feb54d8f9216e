import { expect, test } from 'vitest'
import { createTrace, formatTraceLine } from '../../tools/simulation/trace.ts'

test('lines are kept in order and read as text', () => {
  const trace = createTrace()
  trace.add({ at: 1_500, who: 'worker-1', what: 'invoked', messages: 3, why: undefined })
  trace.add({ at: 62_007, who: 'sqs', what: 'deleted', id: 'm1' })
  expect(trace.lines().map(line => formatTraceLine(line, 1_000))).toEqual([
    '      0.500  worker-1     invoked messages=3',
    '     61.007  sqs          deleted id=m1',
  ])
})
