import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { deadLetter, groupOf, sealedTrack, startRig } from './rig.ts'

const local = ['--local'] as const

describe('export and import', () => {
  test('bring dead letters back as they were, from a file that only its owner can read', async () => {
    const rig = await startRig()
    await rig.sendDeadLetter([
      deadLetter('ann', 1, { replays: 2 }),
      deadLetter('bob', 2, { code: 'CONFLICT', status: 409 }),
    ])
    const list = async () => JSON.parse((await rig.dlq('list', ...local, '--json')).out) as { id: string }[]
    const before = await list()
    const { code, out } = await rig.dlq('export', 'all.ndjson', ...local)
    expect([code, out]).toEqual([0, 'exported 2 dead letters to all.ndjson: it holds personal data\n'])
    const file = join(rig.home, 'all.ndjson')
    expect((await stat(file)).mode & 0o077).toBe(0)
    const lines = (await readFile(file, 'utf8')).trim().split('\n')
    expect(lines.map(line => JSON.parse(line).body)).toEqual([sealedTrack('ann', 1), sealedTrack('bob', 2)])
    expect(await rig.deadLetters()).toHaveLength(2)
    expect(await rig.hidden()).toEqual([])
    await rig.dlq('purge', ...local, '--yes', '--without-export')
    await writeFile(file, `${lines.join('\n')}\nno line of ours\n{"id":"x"}\n`)
    const imported = await rig.dlq('import', 'all.ndjson', ...local)
    expect(imported).toMatchObject({ code: 1, out: 'imported 2, not imported 2\n' })
    expect(imported.err).toContain('left out: 3, 4')
    const plain = (letters: object[]) =>
      letters.map(one => ({ ...one, id: '', ageSeconds: 0, queueMessageId: undefined }))
    expect(plain(await list())).toEqual(plain(before))
  })

  test.each([
    [['export', 'all.ndjson'], { exported: 2 }, 0],
    [['import', 'all.ndjson'], { imported: 2, badLines: [] }, 0],
    [['purge', '--yes', '--export', 'gone.ndjson'], { read: 2, purged: 2 }, 0],
    // Without the table of the person records something is left.
    [['erase', 'ann', '--yes'], { erasedDeadLetters: 1, notErased: 0 }, 1],
  ])('%j with --json prints JSON alone', async (words, counts, exit) => {
    const rig = await startRig()
    await rig.sendDeadLetter([deadLetter('ann', 1), deadLetter('bob', 2)])
    if (words[0] === 'import') await rig.dlq('export', 'all.ndjson', ...local)
    const { code, out } = await rig.dlq(...words, ...local, '--json')
    expect([code, JSON.parse(out)]).toEqual([exit, expect.objectContaining(counts)])
  })

  test('an export never overwrites a file', async () => {
    const rig = await startRig()
    await writeFile(join(rig.home, 'old.ndjson'), 'precious')
    const { code, err } = await rig.dlq('export', 'old.ndjson', ...local)
    expect([code, err]).toEqual([2, expect.stringContaining('old.ndjson exists')])
    expect(await readFile(join(rig.home, 'old.ndjson'), 'utf8')).toBe('precious')
  })

  test('a purge writes what it deletes, and nothing that it keeps', async () => {
    const rig = await startRig()
    await rig.sendDeadLetter([deadLetter('ann', 1), deadLetter('bob', 2, { code: 'CONFLICT' })])
    const purge = ['purge', ...local, '--code', 'conflict', '--yes', '--export', 'gone.ndjson']
    expect((await rig.dlq(...purge)).out).toBe('read 2, purged 1, not purged 0\n')
    expect(await readFile(join(rig.home, 'gone.ndjson'), 'utf8')).toMatch(/^\{.*bob-2.*\}\n$/)
    expect((await rig.deadLetters()).map(one => one.body)).toEqual([sealedTrack('ann', 1)])
  })

  test('a purge whose file cannot be written deletes nothing', async () => {
    const rig = await startRig()
    await rig.sendDeadLetter([deadLetter('ann', 1)])
    const { code, err } = await rig.dlq('purge', ...local, '--yes', '--export', 'no/such/folder.ndjson')
    expect([code, err]).toEqual([2, expect.stringContaining('cannot be written: ENOENT')])
    expect([(await rig.deadLetters()).length, await rig.hidden()]).toEqual([1, []])
  })
})

test('--person selects the events of a person, also one that cannot be read', async () => {
  const rig = await startRig()
  await rig.sendDeadLetter([
    deadLetter('ann', 1),
    deadLetter('bob', 2),
    deadLetter('cy', 3, { body: 'a text that names ann' }),
    deadLetter('anna', 4),
  ])
  const { out } = await rig.dlq('list', ...local, '--person', 'ann', '--json')
  expect((JSON.parse(out) as { eventId: string }[]).map(one => one.eventId)).toEqual(['ann-1', 'cy-3'])
  const replayed = await rig.dlq('replay', ...local, '--person', 'bob', '--yes')
  expect(replayed.out).toContain('read 4, replayed 1')
  expect((await rig.waiting()).map(one => one.messageGroupId)).toEqual([groupOf('bob')])
})
