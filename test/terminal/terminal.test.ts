import { PassThrough } from 'node:stream'
import { WriteStream } from 'node:tty'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { paint, progress, safe, safeJson, table } from '../../tools/terminal/terminal.ts'

const columns = [{ title: 'age', isRight: true }, { title: 'event', mayShrink: true }, { title: 'id' }]
const anyText = fc.string({ unit: 'binary' })

/** A stream that says it is a terminal, and what was written to it. */
function terminal(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), {
    isTTY,
    getColorDepth: WriteStream.prototype.getColorDepth,
  })
  return { stream: stream as unknown as WriteStream, text: () => String(stream.read() ?? '') }
}

describe('safe', () => {
  test('lets no control, format or line-breaking character through, and keeps all else', () => {
    fc.assert(
      fc.property(anyText, text => {
        expect(safe(text)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069\ufeff]/u)
      }),
    )
    expect(safe('naïve 日本 👩‍💻 a\tb')).toBe('naïve 日本 👩‍💻 a\\u0009b')
  })

  test('leaves JSON what it was', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), value => {
        expect(JSON.parse(safeJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
        expect(safeJson(value).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
      }),
    )
  })
})

describe('table', () => {
  test('fits every width from its gaps on, one line a row, whatever the cells hold', () => {
    const rows = fc.array(fc.tuple(anyText, anyText, anyText))
    fc.assert(
      fc.property(rows, fc.integer({ min: 7, max: 60 }), (cells, width) => {
        const lines = table(columns, cells, width).split('\n')
        expect(lines).toHaveLength(cells.length + 1)
        for (const line of lines) expect([...line].length).toBeLessThanOrEqual(width)
      }),
    )
  })

  test('cuts first what may shrink, and says so by …', () => {
    expect(table(columns, [['3 min', 'Order Completed', '1a2b3c4d']], 26).split('\n')).toEqual([
      '  age  event      id      ',
      '3 min  Order Co…  1a2b3c4d',
    ])
    expect(table(columns, [['3 min', 'Order Completed', '1a2b3c4d']], Infinity)).toContain('Order Completed')
  })
})

describe('on a terminal and elsewhere', () => {
  test('colours only what shows colours', () => {
    for (const name of ['NO_COLOR', 'FORCE_COLOR', 'NODE_DISABLE_COLORS', 'CI']) vi.stubEnv(name, undefined)
    vi.stubEnv('TERM', 'xterm-256color')
    onTestFinished(() => void vi.unstubAllEnvs())
    expect(paint('red', 'x', terminal(false).stream)).toBe('x')
    expect(paint('red', 'x', terminal(true).stream)).toBe('\x1b[31mx\x1b[39m')
    vi.stubEnv('NO_COLOR', '1')
    expect(paint('red', 'x', terminal(true).stream)).toBe('x')
  })

  test('a progress bar grows, is wiped, and is silent in a file', () => {
    const [shown, silent] = [terminal(true), terminal(false)]
    for (const { stream } of [shown, silent]) {
      const bar = progress(4, 'replayed', stream)
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
})
