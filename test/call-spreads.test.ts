import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { callSpreads } from './call-spreads.ts'

/** Spreads into calls that are few by construction: the file, the spread, and why it is short. */
const bounded: Record<string, string> = {
  'infra/checks/template.ts dig(...rest': 'a path in a template',
  'infra/ingest-api.ts all(...isElsewhere': 'the addresses that a stage allows',
  'infra/monitoring/alarms.ts anyOf(...losses.map': "the stack's own alarms",
  'tools/bench/calls.ts max(...differences': 'the fleets of the bench',
  'tools/bench/growth.ts max(...costs': 'the sizes of the bench',
  'tools/bench/hostile.ts max(...settings.map': 'the settings of the bench',
  'tools/bench/main.ts push(...': 'the figures of one part of the bench',
  'tools/bench/worker-memory.ts max(...found.map': 'the runs of the bench',
  'tools/console/web/flow/chart.tsx max(...known': 'the points of a chart',
  'tools/kustomer-stand-in/customer-limit.ts max(...names.map': 'the ids of one customer: 100 kB of body',
  'tools/kustomer-stand-in/endpoints.ts errors(...more': 'cut to 50',
  'tools/local-relay/environment.ts push(...error.issues': 'errors in the settings, whose names are known',
  'tools/simulation/container.ts call(...args': 'arguments passed on',
  'tools/simulation/fault-chances.ts assign(...open.map': "the scenario's windows",
  'tools/simulation/people-table.ts save(...args': 'arguments passed on',
  'tools/simulation/people-table.ts saveIdle(...args': 'arguments passed on',
  'tools/simulation/run.ts max(...againAt': 'the times at which one event is sent again',
  'tools/simulation/virtual-timers.ts run(...args': 'arguments passed on',
  'tools/smoke/deploy.ts cdk(...deployArgs': 'arguments passed on',
  'tools/terminal/help-text.ts max(...rows.map': 'the examples or variables of a command',
  'tools/terminal/terminal.ts max(...wrapped.map': 'the columns of a table',
}

/** fast-check takes its values as arguments; they are lists in the source. */
const isOfFuzz = (spread: string) => spread.startsWith('constantFrom(')

test('no list without a bound is spread into the arguments of a call', () => {
  const files = globSync('{lib,functions,infra,tools}/**/*.{ts,tsx}').map(path => path.replaceAll('\\', '/'))
  const found = files.flatMap(file =>
    callSpreads(readFileSync(file, 'utf8'))
      .filter(spread => !isOfFuzz(spread))
      .map(spread => `${file} ${spread}`),
  )
  expect([...new Set(found)].sort()).toEqual(Object.keys(bounded).sort())
})

test.each([
  ['list.push(...other)', ['push(...other']],
  ['const most = Math.max(0, ...costs.map(one => one.ms))', ['max(...costs.map']],
  ['x = found.length > 0 ? Math.max(...found) : 0', ['max(...found']],
  ['String.fromCharCode(...codes)', ['fromCharCode(...codes']],
  ['new Foo(a, [b], ...c)', ['Foo(...c']],
  ['f<Map<string, X>>(...a)', ['f(...a']],
  ['maybe?.(...a)', ['maybe(...a']],
  ['all()(...a)', [')(...a']],
  ['const { a, ...rest } = b; f({ ...rest }, [...a])', []],
  ['function f(a: string, ...rest: string[]) {}', []],
  ['const f = (...args) => g(args)', []],
  ['run<T>(...args: Args): void', []],
  ["'push(...x)' // push(...x)", []],
])('%s', (source, spreads) => {
  expect(callSpreads(source)).toEqual(spreads)
})
