import { PassThrough, Readable } from 'node:stream'
import { WriteStream } from 'node:tty'
import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { ask, mayAsk } from '../../tools/terminal/ask.ts'
import { outputOf, processIo } from '../../tools/terminal/process-io.ts'
import { safeJson } from '../../tools/terminal/safe-json.ts'
import { paint, progress, safe, table } from '../../tools/terminal/terminal.ts'
import { wrap } from '../../tools/terminal/wrap.ts'

const columns = [{ title: 'age', isRight: true }, { title: 'event', mayShrink: true }, { title: 'id' }]
const anyText = fc.string({ unit: 'binary' })

const plain = (columns = Number.POSITIVE_INFINITY) => ({ columns, hasColors: false })

/** An output, and what was written to it. */
function output(isTerminal: boolean) {
  let text = ''
  const write = (more: string | Uint8Array) => {
    text += String(more)
  }
  return { output: { write, isTerminal, hasColors: false, columns: 80 }, text: () => text }
}

describe('safe', () => {
  test('replaces control, format and line-breaking characters, and keeps all others', () => {
    fc.assert(
      fc.property(anyText, text => {
        expect(safe(text)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069\ufeff]/u)
      }),
    )
    expect(safe('naïve 日本 👩‍💻 a\tb')).toBe('naïve 日本 👩‍💻 a\\u0009b')
  })

  test('keeps the value of JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), value => {
        expect(JSON.parse(safeJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
        expect(safeJson(value).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
      }),
    )
  })
})

describe('table', () => {
  test('fits every width above that of its gaps, for any cells', () => {
    const rows = fc.array(fc.tuple(anyText, anyText, anyText))
    fc.assert(
      fc.property(rows, fc.integer({ min: 10, max: 60 }), (cells, width) => {
        for (const line of table(columns, cells, plain(width)).split('\n'))
          expect(stringWidth(line)).toBeLessThanOrEqual(width)
      }),
    )
  })

  test('loses nothing but blanks', () => {
    const text = fc.string({ unit: 'grapheme-ascii', maxLength: 40 })
    const letters = (text: string) => [...text.replaceAll(' ', '')].sort().join('')
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, text)), fc.integer({ min: 10, max: 60 }), (cells, width) => {
        const titles = columns.map(({ title }) => title)
        const shown = table(columns, cells, plain(width)).replaceAll('\n', '')
        expect(letters(shown)).toBe(letters([...titles, ...cells.flat()].join('')))
      }),
    )
  })

  test('continues a cell below that does not fit, in the columns that may shrink first', () => {
    expect(table(columns, [['3 min', 'Order Completed', '1a2b3c4d']], plain(26)).split('\n')).toEqual([
      '  age  event      id',
      '3 min  Order      1a2b3c4d',
      '       Completed',
    ])
    expect(table(columns, [['3 min', 'Order Completed', '1a2b3c4d']], plain())).toContain('Order Completed')
  })

  test('a long name leaves the place to the reason, and a short one is not widened', () => {
    const both = [
      { title: 'event', mayShrink: 'first' as const },
      { title: 'reason', mayShrink: true },
    ]
    const reason = 'Kustomer refused it for a reason of some length'
    const widthOf = (event: string) => {
      const [title = ''] = table(both, [[event, reason]], plain(60)).split('\n')
      return title.indexOf('reason')
    }
    expect(widthOf('a'.repeat(200))).toBe(24 + 2)
    expect(widthOf('a'.repeat(10))).toBe(10 + 2)
  })

  test('counts a wide letter as two columns, and a letter with its accents as one', () => {
    const lines = table(
      columns,
      [
        ['1', '注文完了', 'x'],
        ['2', 'e\u0301te\u0301', 'y'],
      ],
      plain(),
    ).split('\n')
    expect(new Set(lines.slice(1).map(line => stringWidth(line))).size).toBe(1)
    expect(lines[1]).toBe('  1  注文完了  x')
  })
})

describe('wrap', () => {
  test.each([
    ['', 5, ['']],
    ['one two three', 7, ['one two', 'three']],
    ['abcdefgh ij', 3, ['abc', 'def', 'gh', 'ij']],
    ['注文完了', 4, ['注文', '完了']],
    ['注', 1, ['…']],
  ])('%j in %i columns is %j', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines)
  })
})

describe('with and without a terminal', () => {
  test('uses colours only if the output has colours', () => {
    for (const name of ['NO_COLOR', 'FORCE_COLOR', 'NODE_DISABLE_COLORS', 'CI']) vi.stubEnv(name, undefined)
    vi.stubEnv('TERM', 'xterm-256color')
    onTestFinished(() => void vi.unstubAllEnvs())
    const { getColorDepth } = WriteStream.prototype
    const stream = (isTTY: boolean) =>
      Object.assign(new PassThrough(), { isTTY, getColorDepth, columns: 0 }) as unknown as WriteStream
    expect(outputOf(stream(false))).toMatchObject({ isTerminal: false, hasColors: false, columns: Infinity })
    expect(outputOf(stream(true))).toMatchObject({ isTerminal: true, hasColors: true })
    vi.stubEnv('NO_COLOR', '1')
    expect(outputOf(stream(true)).hasColors).toBe(false)
    expect(paint('red', 'x', { hasColors: true })).toBe('\x1b[31mx\x1b[39m')
    expect(paint('red', 'x', { hasColors: false })).toBe('x')
  })

  test('a progress bar grows, is cleared, and prints nothing to a file', () => {
    const [shown, silent] = [output(true), output(false)]
    for (const one of [shown, silent]) {
      const bar = progress(4, 'replayed', one.output)
      bar.update(1)
      bar.update(4)
      bar.close()
    }
    expect(shown.text().split('\r\x1b[K')).toEqual([
      '',
      expect.stringContaining(' 1/4 replayed'),
      expect.stringContaining(' 4/4 replayed'),
      '',
    ])
    expect(silent.text()).toBe('')
  })

  test.each([
    [4_000, 10, ''],
    [10_000, 10, ', about 2 min left'],
    [10_000, 50, ', about 10 s left'],
    [3_600_000, 20, ', about 4.0 h left'],
  ])('after %i ms and %i of 100 items a progress bar says %j', (ms, done, left) => {
    const { output: shown, text } = output(true)
    let now = 0
    const bar = progress(100, 'sent', shown, () => now)
    now = ms
    bar.update(done)
    expect(text()).toMatch(new RegExp(`${done}/100 sent${left}$`))
  })
})

describe('a reader that closes standard output', () => {
  const closed = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })
  /** Replaces `process.exit`, and removes what `processIo` adds to the process at the end of the test. */
  const spyOnExit = () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never)
    const onStream = vi.spyOn(process.stdout, 'on')
    const onProcess = vi.spyOn(process, 'on')
    onTestFinished(() => {
      for (const [event, listener] of onStream.mock.calls) process.stdout.off(event, listener)
      for (const [event, listener] of onProcess.mock.calls) process.removeListener(event, listener)
      vi.restoreAllMocks()
    })
    return exit
  }

  test('is an interruption for a command that cleans up', () => {
    const exit = spyOnExit()
    const signal = processIo().interruption()
    process.stdout.emit('error', closed)
    expect([signal.aborted, exit.mock.calls]).toEqual([true, []])
  })

  test('ends any other command without an error', () => {
    const exit = spyOnExit()
    processIo()
    process.stdout.emit('error', closed)
    expect(exit.mock.calls[0]).toEqual([0])
  })
})

describe('a question', () => {
  const asked = (answer: string, signal = new AbortController().signal) =>
    ask({ input: Readable.from([answer]), err: output(true).output }, 'Sure?', signal)

  test.each(['y', 'YES', ' yes '])('%j is a yes', async answer => {
    expect(await asked(`${answer}\n`)).toBe(true)
  })

  test.each(['', '\n', 'n\n', 'yesterday\n', 'no\ny\n'])('%j is a no', async answer => {
    expect(await asked(answer)).toBe(false)
  })

  test('an interruption is a no', async () => {
    const input = Object.assign(new PassThrough(), { isTTY: true })
    const interruption = new AbortController()
    const { output: err, text } = output(true)
    const answer = ask({ input, err }, 'Sure?', interruption.signal)
    interruption.abort()
    expect([await answer, text()]).toEqual([false, 'Sure? [y/N] '])
  })

  test('can be asked only if both input and output are a terminal', () => {
    const input = (isTTY?: boolean) => Object.assign(new PassThrough(), isTTY === undefined ? {} : { isTTY })
    expect(mayAsk({ input: input(true), err: output(true).output })).toBe(true)
    expect(mayAsk({ input: input(true), err: output(false).output })).toBe(false)
    expect(mayAsk({ input: input(), err: output(true).output })).toBe(false)
  })
})
