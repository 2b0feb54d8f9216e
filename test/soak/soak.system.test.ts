import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isBalanced } from '../../tools/soak/account.ts'
import { main } from '../../tools/soak/main.ts'
import { type SoakResult, soak } from '../../tools/soak/soak.ts'
import { runInProcess } from '../terminal/in-process.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'relay-soak-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

describe('1,000 events of 100 people, 5 % of them with a fault', () => {
  let result: SoakResult
  let logs: string
  beforeAll(async () => {
    result = await soak({ seed: 1, events: 1_000, people: 100, faults: 0.05, dataDir })
    const files = readdirSync(dataDir).filter(name => name.endsWith('.log'))
    logs = files.map(name => readFileSync(join(dataDir, name), 'utf8')).join('\n')
  }, 60_000)

  test('every event has exactly one result', () => {
    expect(result.account.accepted).toBe(1_000)
    expect(result.faults).toBeGreaterThan(30)
    expect({ ...result.account, isBalanced: isBalanced(result.account) }).toMatchObject({
      isBalanced: true,
      lost: [],
      both: [],
      doubled: [],
      disordered: [],
    })
  })

  test('no log has an e-mail, a phone, a name, an id of a person, a text of an event, or a key', () => {
    const personal = result.people.flatMap(({ id, email, phone, name, note }) => [
      id,
      email,
      phone,
      name,
      note,
    ])
    const hidden = [...personal, ...result.secrets]
    expect(logs.split('\n').length).toBeGreaterThan(1_000)
    expect(hidden).toHaveLength(502)
    expect(hidden.filter(text => logs.includes(text))).toEqual([])
    expect(hidden.filter(text => logs.includes(encodeURIComponent(text)))).toEqual([])
  })

  test('no log has a body', () => {
    expect(logs).toContain('"soak-1"')
    expect(logs).not.toMatch(/Soak-Step|"properties"|"traits"|"userId"|"emails"|"meta"/)
  })
})

test('with --json it prints one line of JSON for each seed', async () => {
  const small = ['--events', '20', '--people', '4', '--faults', '0']
  const { code, out } = await runInProcess(main, [...small, '--json'])
  expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ seed: 1 })])
  expect(out.trim().split('\n')).toHaveLength(1)
})
