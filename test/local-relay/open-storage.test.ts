import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { openStorage } from '../../tools/local-relay/storage/open-storage.ts'
import { temporaryFolder } from './temporary-folder.ts'

test.skipIf(process.platform === 'win32')('only the owner can read the files (Windows has no modes)', () => {
  const folder = join(temporaryFolder(), 'deep', 'data')
  const storage = openStorage(folder)
  storage.database.exec("INSERT INTO last_id VALUES ('a', 1)")
  const modes = readdirSync(folder, { withFileTypes: true }).map(entry => [
    entry.name,
    statSync(join(folder, entry.name)).mode & 0o777,
  ])
  storage.close()
  expect(modes).toEqual([
    ['people', 0o700],
    ['relay.db', 0o600],
    ['relay.db-wal', 0o600],
  ])
})

test('a folder that another relay uses is refused, and is free when that relay has ended', () => {
  const folder = temporaryFolder()
  const first = openStorage(folder)
  expect(() => openStorage(folder)).toThrow(`another relay uses ${folder}: stop it, or set RELAY_DATA to`)
  first.close()
  openStorage(folder).close()
})

test.each([
  ['file is not a file of the relay', (file: string) => writeFileSync(file, 'x'.repeat(4_096))],
  ['another version of the relay wrote', (file: string) => createDatabase(file, 'PRAGMA user_version = 99')],
  ['cannot be used: E', (file: string) => mkdirSync(file)],
])('"%s" is said where the folder cannot be used', (sentence, prepare) => {
  const folder = temporaryFolder()
  const file = join(folder, 'relay.db')
  prepare(file)
  expect(() => openStorage(folder)).toThrow(sentence.replace(/^file/, file))
})

test('a file in the place of the folder is named', () => {
  const file = join(temporaryFolder(), 'data')
  writeFileSync(file, '')
  expect(() => openStorage(file)).toThrow(`RELAY_DATA ${file} cannot be used: E`)
})

function createDatabase(file: string, sql: string) {
  const database = new DatabaseSync(file)
  database.exec(sql)
  database.close()
}
