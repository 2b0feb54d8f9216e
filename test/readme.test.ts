import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decisionTable, documents, mappingTable, withTables } from '../tools/docs/readme-tables.ts'

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')

test.each(Object.keys(documents))('the tables of %s match the code (npm run docs writes them)', name => {
  expect(withTables(name, read(name))).toBe(read(name))
})

test('the tables have a row for every outcome and every attribute', () => {
  expect(decisionTable().split('\n')).toHaveLength(2 + 9)
  expect(mappingTable()).toContain('| `birthdayAt` | `dob`, `birthday` | date-time |')
})

test('the README has 150 lines or fewer', () => {
  expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150)
})
