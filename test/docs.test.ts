import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import { describe, expect, test } from 'vitest'

const documents = filesLike('{*,docs/*,docs/decisions/*}.md')
const records = filesLike('docs/decisions/[0-9]*.md').sort()
const read = (path: string) => readFileSync(path, 'utf8')

/** Paths from the root, with `/` on Windows too. */
function filesLike(pattern: string): string[] {
  return globSync(pattern).map(path => path.replaceAll(sep, '/'))
}

/** The anchors of a document's headings, as GitHub generates them. */
function anchorsOf(path: string): string[] {
  return [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  )
}

/** The broken links of a text: their file or heading does not exist. `path` is the path of the text. */
function deadLinks(path: string, text: string): string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
  return links.filter(link => {
    if (/^https?:/.test(link)) return false
    const [file = '', anchor] = link.split('#')
    const target = file === '' ? path : join(dirname(path), file)
    return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor))
  })
}

describe('links', () => {
  test.each(documents)('of %s are not broken', path => {
    expect(deadLinks(path, read(path))).toEqual([])
  })

  test('to a missing file or heading are found', () => {
    const text = '[a](CONTRIBUTING.md) [b](NOTHING.md) [c](docs/refused.md#nothing) [d](README.md#numbers)'
    expect(deadLinks('README.md', text)).toEqual(['NOTHING.md', 'docs/refused.md#nothing'])
  })
})

describe('decision records', () => {
  test('are numbered without a gap, and are in the index', () => {
    expect(records.length).toBeGreaterThan(5)
    const numbers = records.map(path => /(\d{4})-[a-z-]+\.md$/.exec(path)?.[1])
    expect(numbers).toEqual(records.map((_, index) => String(index + 1).padStart(4, '0')))
    const index = read('docs/decisions/README.md')
    for (const path of records) expect(index).toContain(`(${basename(path)})`)
  })

  test.each(records)('%s has its parts and is short', path => {
    const text = read(path)
    expect(text.match(/^## .*$/gm)).toEqual(['## Context', '## Decision', '## Consequences'])
    expect(text).toMatch(/^\*\*Status:\*\* \S/m)
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(60)
  })
})
