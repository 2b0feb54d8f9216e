import { stripTypeScriptTypes } from 'node:module'
import { maskText } from './mask-text.ts'

/** A file with one small fault. */
export interface Mutant {
  /** From 1. */
  line: number
  /** What stood there, and what stands there now; an empty text is a statement that was removed. */
  from: string
  to: string
  /** The whole file, as JavaScript. */
  source: string
}

type Place = Pick<Mutant, 'from' | 'to'> & { at: number }

/** Code as Biome formats it has blanks around an operator, and none around the brackets of a type. */
const swaps: [pattern: RegExp, to: (found: string) => string][] = [
  [/(?<= )(===|!==)(?= )/g, found => (found === '===' ? '!==' : '===')],
  [/(?<= )[<>]=?(?= )/g, found => (found.endsWith('=') ? found.slice(0, 1) : `${found}=`)],
  [/(?<= )[<>]=?(?= )/g, found => ({ '<': '>', '>': '<', '<=': '>', '>=': '<' })[found] ?? found],
  [/(?<=\s)(&&|\|\|)(?= )/g, found => (found === '&&' ? '||' : '&&')],
  [/(?<=\s)\?\?(?= )/g, () => '&&'],
  [/(?<=\s)\?(?= )/g, () => '|| true ?'],
  [/(?<=\s)\?(?= )/g, () => '&& false ?'],
  [/(?<= )[-+*/](?= )/g, found => ({ '-': '+', '+': '-', '*': '/', '/': '*' })[found] ?? found],
  [/(?<=[\s(,[{!])!(?=[\w(])/g, () => ''],
  [/\b(true|false)\b/g, found => (found === 'true' ? 'false' : 'true')],
  [/\bMath\.(max|min)\b/g, found => (found.endsWith('max') ? 'Math.min' : 'Math.max')],
  [/\.(some|every)(?=\()/g, found => (found === '.some' ? '.every' : '.some')],
  [/(?<![\w.$])\d[\d_]*(\.\d+)?(?![\w.])/g, found => String(Number(found.replaceAll('_', '')) + 1)],
]

/**
 * The mutants of a TypeScript file, one change each: operators, conditions, constants and removed statements. Types,
 * comments and texts are left alone: no test can see them. Throws where the file is no erasable TypeScript.
 */
export function mutantsOf(typescript: string): Mutant[] {
  const code = stripTypeScriptTypes(typescript)
  const masked = maskText(code)
  const places = [...swapped(masked), ...conditions(masked), ...statements(masked)]
  return places
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, from, to }) => ({
      line: code.slice(0, at).split('\n').length,
      from: code.slice(at, at + from.length),
      to,
      source: code.slice(0, at) + to + code.slice(at + from.length),
    }))
}

function swapped(masked: string): Place[] {
  return swaps.flatMap(([pattern, to]) =>
    [...masked.matchAll(pattern)]
      .filter(({ index }) => !isImport(masked, index))
      .map(({ 0: from, index }) => ({ at: index, from, to: to(from) })),
  )
}

/** Each condition of an `if` or a `while`, as always true and as never true. */
function conditions(masked: string): Place[] {
  return [...masked.matchAll(/\b(if|while) \(/g)].flatMap(({ 0: found, index }) => {
    const at = index + found.length
    const from = masked.slice(at, endOfBracket(masked, at))
    return ['true', 'false'].map(to => ({ at, from, to }))
  })
}

/** Statements on a line of their own: calls, assignments and returned values. */
function statements(masked: string): Place[] {
  const lines = masked.split('\n')
  let at = 0
  return lines.flatMap((line, index): Place[] => {
    const start = at + line.search(/\S|$/)
    at += line.length + 1
    const from = line.trim()
    const isWhole =
      isBalanced(from) && endsBefore(lines[index - 1]) && !/^\s*[.?:&|+\-*/=]/.test(lines[index + 1] ?? '')
    if (!isWhole) return []
    if (/^return (?!undefined$)\S/.test(from)) return [{ at: start, from, to: 'return undefined' }]
    const isCall =
      /^(await |void )?[\w$.?]+\(.*\)$/.test(from) && !/^(if|for|while|switch|catch|super)\b/.test(from)
    const isAssignment = /^[\w$.[\]]+ ([-+*/]|\?\?|\|\|)?= \S/.test(from) || /^[\w$.]+(\+\+|--)$/.test(from)
    return isCall || isAssignment ? [{ at: start, from, to: '' }] : []
  })
}

/** Whether the line before a statement ends one: with a block's bracket, or with what is no operator. */
function endsBefore(line = '{'): boolean {
  return line.trim() === '' || !/([([,?:=&|+\-*/]|=>|\b(return|else))\s*$/.test(line)
}

function isBalanced(text: string): boolean {
  let depth = 0
  for (const letter of text) {
    if ('([{'.includes(letter)) depth++
    if (')]}'.includes(letter)) depth--
    if (depth < 0) return false
  }
  return depth === 0
}

function endOfBracket(masked: string, from: number): number {
  let depth = 1
  let at = from
  for (; at < masked.length && depth > 0; at++)
    depth += Number(masked[at] === '(') - Number(masked[at] === ')')
  return at - 1
}

function isImport(masked: string, at: number): boolean {
  return /^(import|export \{)/.test(masked.slice(masked.lastIndexOf('\n', at) + 1, at))
}
