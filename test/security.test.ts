import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const text = readFileSync('docs/security.md', 'utf8')
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))

/** The cells of each row of the table of attacks. */
const rows = (text.split('## Attacks')[1] ?? '')
  .split('\n')
  .filter(line => line.startsWith('| ') && !line.startsWith('| attack '))
  .map(line => line.slice(2, -2).split(' | '))

test('every attack in docs/security.md has a number, a verdict, and a test or a command that exists', () => {
  expect(rows.length).toBeGreaterThan(15)
  for (const [attack, tried = '', held = '', proof = '', ...more] of rows) {
    const named = [...proof.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
    const missing = named.filter(name => {
      const [, script] = /^npm run ([\w:]+)/.exec(name) ?? []
      return script ? !Object.hasOwn(scripts, script) : !existsSync(name)
    })
    expect({ attack, missing, more }).toEqual({ attack, missing: [], more: [] })
    expect({ attack, named: named.length > 0 }).toEqual({ attack, named: true })
    expect({ attack, tried }).toEqual({ attack, tried: expect.stringMatching(/\d|every/) })
    expect({ attack, held }).toEqual({ attack, held: expect.stringMatching(/^(yes|no)\b/) })
  }
})
