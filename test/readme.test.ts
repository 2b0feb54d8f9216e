import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decisionTable, mappingTable, withTables } from '../tools/readme-tables.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

test('the README’s tables are those of the code (npm run docs writes them)', () => {
  expect(withTables(readme)).toBe(readme)
})

test('the tables have a row for every outcome and every attribute', () => {
  expect(decisionTable().split('\n')).toHaveLength(2 + 9)
  expect(mappingTable()).toContain('| `birthdayAt` | `dob`, `birthday` | date-time |')
})

test('the README is one that can be read: 150 lines or fewer', () => {
  expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(150)
})
