import { globSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { allCommands } from './commands.ts'
import { runInProcess } from './in-process.ts'

const commands = await allCommands()
const calls = commands.flatMap(({ name, main, subcommands = [] }) =>
  [[], ...subcommands.map(one => [one])].map(words => ({ title: [name, ...words].join(' '), main, words })),
)
const mainOf = (name: string) => {
  const found = commands.find(command => command.name === name)
  if (!found) throw new Error(`no command ${name}`)
  return found.main
}
const cwd = tmpdir()

test('every script and entry point that is ours is in these tables', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
  const own = Object.keys(scripts).filter(name => /tools\/bin\//.test(scripts[name]))
  const entries = globSync('tools/bin/*.ts').map(file => basename(file, '.ts'))
  const names = commands.map(({ name }) => name)
  expect(own.filter(name => !names.includes(name))).toEqual([])
  expect(entries.map(name => name.replace(/^(smoke|console|soak|simulate)-/, '$1:')).sort()).toEqual(names)
})

describe.each(calls)('$title --help', ({ title, main, words }) => {
  const helpOf = async (env = {}) => {
    const ended = await runInProcess(main, [...words, '--help'], { cwd, env })
    expect(ended).toMatchObject({ code: 0, err: '' })
    return ended.out
  }
  const [name = ''] = title.split(' ')

  test('says what it is for, how it is called, with examples and exit codes', async () => {
    const help = await helpOf()
    expect(help).toMatch(/^Usage: npm run /)
    for (const part of ['\nExamples:\n', '\nExit codes:\n', '\n  0  ', '\n  2  '])
      expect(help).toContain(part)
    const examples = help.split('Examples:\n')[1]?.split('\n\n')[0] ?? ''
    for (const word of words) expect(examples).toContain(` ${word}`)
    const summary = help.split('\n\n')[1] ?? ''
    expect(summary).toMatch(/^[A-Z].{20,}\.$/s)
  })

  test('describes each option in words, and shows no default as milliseconds or in quotes', async () => {
    const help = await helpOf()
    expect(help).not.toMatch(/default: (\["|"\d|\d{7,}\b)/)
    const described = [...help.matchAll(/^ {2}(--\S+.*?) {2,}(\S.*)$/gm)]
    for (const [, flags, text] of described) expect(`${flags}: ${text}`).toMatch(/: .{8,}$/)
  })

  test('is shown as npx relay where it was started so', async () => {
    const help = await helpOf({ RELAY_COMMAND: 'npx relay' })
    expect(help).toMatch(new RegExp(`^Usage: npx relay ${title}`))
    const examples = help.split('Examples:\n')[1]?.split('\n\n')[0] ?? ''
    expect(examples).not.toMatch(/^ {2}(\S+=\S+ )?npm /m)
    expect(examples).toContain(`npx relay ${name}`)
  })

  test('says where errors go, if it prints JSON', async () => {
    const help = await helpOf()
    expect(help.includes('Errors go to standard error')).toBe(/^ {2}--json\b/m.test(help))
  })
})

describe.each(calls)('$title refuses', ({ title, main, words }) => {
  test('an unknown option with exit code 2, and says where the help is', async () => {
    const { code, out, err } = await runInProcess(main, [...words, '--nonsense'], { cwd })
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^error: unknown option '--nonsense'$/m)
    const [name, ...rest] = title.split(' ')
    expect(err).toContain(`Try: npm run ${[name, '--', ...rest].join(' ')} --help`)
    expect(err).not.toMatch(/^ {4}at /m)
  })
})

describe('a wrong value', () => {
  test.each<[string, string[], string]>([
    ['simulate', ['--seeds', '0'], 'A whole number from 1'],
    ['simulate', ['--seeds', '1e3'], 'A whole number from 1'],
    ['simulate', ['--scenario', 'mixd'], 'Did you mean mixed?'],
    ['simulate', ['--scenario', 'nothing'], 'One of all, calm, mixed'],
    ['simulate', ['what-iff'], 'Did you mean what-if?'],
    ['simulate', ['what-if', '--over', '5x'], 'a duration such as 30m, 24h or 2d'],
    ['simulate', ['what-if', '--share', '2'], 'A number from 0 to 1'],
    ['simulate', ['what-if', '--evnts', '2'], 'Did you mean --events?'],
    ['simulate:faults', ['nosuchword'], 'No fault has one of these words: nosuchword'],
    ['fuzz', ['wrker'], 'Did you mean worker?'],
    ['fuzz', ['--runs', '-1'], 'A whole number from 1'],
    ['bench', ['trnsform'], 'Did you mean transform?'],
    ['bench', ['everything'], 'One of transform, start'],
    ['soak', ['--faults', ''], 'A number from 0 to 1'],
    ['soak:load', ['--seconds', '0'], 'A whole number from 1 to 9999'],
    ['console:load', ['--events', 'abc'], 'A whole number from 1'],
    ['console', ['--stack', 'x', '--port', 'abc'], 'A whole number from 0 to 65535'],
    ['console', ['--stack', 'x', '--port', '99999'], 'A whole number from 0 to 65535'],
    ['console', [], 'Say which stack: --stack NAME'],
    ['mutate', [], "missing required argument 'files'"],
    ['mutate', ['none'], 'name files or folders of lib'],
    ['secrets', ['webhok'], 'Did you mean webhook?'],
    ['secrets', ['webhook'], 'Say which stack: --stack NAME'],
    ['console', ['--stakc', 'x'], 'Did you mean --stack?'],
    ['secrets', ['webhook', '--stakc', 'x'], 'Did you mean --stack?'],
    ['doctor', [], 'Choose a relay: --local or --stack NAME'],
    ['doctor', ['--local', '--stack', 'x'], 'Choose a relay'],
    ['dlq', ['list', '--local', '--type', 'tarck'], 'Did you mean track?'],
    ['dlq', ['list', '--local', '--limit', '0'], 'A whole number from 1'],
    ['dlq', ['list', '--queue-url', 'x', '--dlq-url', 'y'], 'A URL such as https://sqs.'],
    ['dlq', ['replay', '--local', '--wait', '5x'], 'A time such as 90s'],
    ['dlq', ['purge', '--local', '--yes', '--export', '-'], 'name a file, not standard output'],
    ['dlq', ['show', '--local'], 'Try: npm run dlq -- show --help'],
    ['preview', ['none.json'], 'none.json cannot be read: no such file'],
    ['preview', ['/'], '/ cannot be read: a folder, not a file'],
    ['preview', [], 'give a file, or - for standard input'],
    ['start', ['now'], 'too many arguments'],
    ['docs', ['README.md'], 'too many arguments'],
    ['smoke:start', ['now'], 'too many arguments'],
  ])('%s %j ends with 2 and advice, before any work', async (name, argv, advice) => {
    const { code, out, err } = await runInProcess(mainOf(name), argv, { cwd })
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(advice)
    expect(err).not.toMatch(/^ {4}at /m)
  })

  test.each<[string, string]>([
    ['PORT', 'abc'],
    ['PORT', '99999'],
    ['KUSTOMER_SHARE', '7'],
    ['SETTINGS_FILE', '/none.json'],
    ['SETTINGS_FILE', '/'],
  ])('%s=%s ends npm start with 2, and the value is shown', async (variable, value) => {
    const { code, err } = await runInProcess(mainOf('start'), [], { cwd, env: { [variable]: value } })
    expect([code, err]).toEqual([2, expect.stringMatching(new RegExp(`^error: ${variable}.*expected`))])
    expect(err).toContain(value)
    expect(err).not.toMatch(/\bE[A-Z]{4,}\b/)
  })
})

describe('with --json', () => {
  test.each<[string, string[]]>([
    ['doctor', ['--local']],
    ['demo', []],
    ...(['list', 'show x', 'export -', 'import -'] as const).map((words): [string, string[]] => [
      'dlq',
      [...words.split(' '), '--local'],
    ]),
    ['dlq', ['replay', '--local', '--dry-run']],
    ['dlq', ['purge', '--local', '--dry-run']],
    ['dlq', ['erase', 'u1', '--local', '--dry-run']],
    ['preview', ['none.json']],
    ['mutate', ['none']],
  ])(
    '%s %j that fails writes nothing to standard output, and one sentence to standard error',
    async (name, argv) => {
      const { code, out, err } = await runInProcess(mainOf(name), [...argv, '--json'], { cwd })
      expect([code, out]).toEqual([2, ''])
      expect(err).toMatch(/^error: [^\n]+\n$/)
    },
  )

  test('no event is not a success: an empty list is refused', async () => {
    const ended = await runInProcess(mainOf('preview'), ['-', '--json'], { input: '[]' })
    expect(ended).toEqual({ code: 2, out: '', err: 'error: Standard input holds no event\n' })
  })
})
