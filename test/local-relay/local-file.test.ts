import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { localFilePath, readLocalFile, writeLocalFile } from '../../tools/local-relay/local-file.ts'

const content = {
  endpoint: 'http://127.0.0.1:4001',
  accessKeyId: 'LOCAL',
  secretAccessKey: 'secret',
  queueUrl: 'http://127.0.0.1:4001/000000000000/q.fifo',
  deadLetterQueueUrl: 'http://localhost:4001/000000000000/d.fifo',
  url: 'http://127.0.0.1:8787',
  kustomerUrl: 'http://[::1]:4002',
}

function folder() {
  const made = mkdtempSync(join(tmpdir(), 'local-file-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

test('the file is read as it was written, and its remover removes it', () => {
  const home = folder()
  const remove = writeLocalFile(home, content)
  expect(readLocalFile(home)).toEqual(content)
  remove()
  expect(readLocalFile(home)).toBeUndefined()
})

test.skipIf(process.platform === 'win32')('only its owner can read it, whatever was there before', () => {
  const home = folder()
  writeFileSync(localFilePath(home), '{}', { mode: 0o644 })
  writeFileSync(`${localFilePath(home)}.new`, '{}', { mode: 0o666 })
  writeLocalFile(home, content)
  expect((statSync(localFilePath(home)).mode & 0o777).toString(8)).toBe('600')
})

test.each([
  'http://evil.example',
  'http://127.0.0.1.evil.example:80',
  'http://127.0.0.1@evil.example',
  'http://user@127.0.0.1',
  'http://169.254.169.254',
  'http://0.0.0.0:80',
  'http://[::2]',
  'https://127.0.0.1',
  'file:///etc/passwd',
  '//evil.example',
  '127.0.0.1:80',
  '',
])('a planted file with the address %j is not used', address => {
  const home = folder()
  for (const name of ['endpoint', 'queueUrl', 'deadLetterQueueUrl', 'url', 'kustomerUrl']) {
    writeFileSync(localFilePath(home), JSON.stringify({ ...content, [name]: address }))
    expect(readLocalFile(home)).toBeUndefined()
  }
})

test.each(['', '{', 'null', '[]', '{}'])('a file with the text %j is not used', text => {
  const home = folder()
  writeFileSync(localFilePath(home), text)
  expect(readLocalFile(home)).toBeUndefined()
})
