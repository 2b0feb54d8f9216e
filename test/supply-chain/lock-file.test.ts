import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { licencesOf } from '../../tools/release/licence.ts'
import { type LockedPackages, licenceFaults, originFaults } from './lock-file.ts'

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const { '': root, ...packages } = lock.packages
const own = JSON.parse(readFileSync('package.json', 'utf8'))
const hash = `sha512-${'A'.repeat(86)}==`
const good = { version: '1.2.3', integrity: hash, license: 'MIT' }

describe('the lock file', () => {
  test('has a SHA-512 and an exact version of every package, and names no other registry', () => {
    expect(Object.keys(packages).length).toBeGreaterThan(300)
    expect(originFaults(packages)).toEqual([])
  })

  test('is of these dependencies, and all are exact', () => {
    const { dependencies, devDependencies } = own
    expect({ dependencies: root.dependencies, devDependencies: root.devDependencies }).toEqual({
      dependencies,
      devDependencies,
    })
    for (const version of Object.values({ ...dependencies, ...devDependencies }))
      expect(version).toMatch(/^\d+\.\d+\.\d+$/)
  })

  test('is used with the registry of the user: the configuration names none', () => {
    expect(readFileSync('.npmrc', 'utf8')).not.toMatch(/registry *=|_auth|\/\//)
  })

  test('agrees with the installed packages on their versions and licences', () => {
    for (const [folder, { version, license }] of Object.entries<LockedPackages[string]>(packages)) {
      if (!existsSync(`${folder}/package.json`)) continue // of another platform
      const installed = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
      expect({ folder, version: installed.version }).toEqual({ folder, version })
      expect({ folder, license: licencesOf(installed.license ?? installed.licenses) }).toEqual({
        folder,
        license: licencesOf(license),
      })
    }
  })

  test('has only packages with a permissive licence, or MPL-2.0 for development', () => {
    expect(licenceFaults(packages)).toEqual([])
  })
})

describe('is reported', () => {
  test.each<[string, LockedPackages, string]>([
    ['a package without a hash', { a: { ...good, integrity: '' } }, 'a: no SHA-512'],
    ['a package with a SHA-1', { a: { ...good, integrity: 'sha1-AAAA' } }, 'a: no SHA-512'],
    [
      'a package in one without a hash',
      { a: { ...good, integrity: '' }, 'a/node_modules/b': { version: '1.0.0', inBundle: true } },
      'a/node_modules/b: no SHA-512',
    ],
    [
      'another registry',
      { a: { ...good, resolved: 'https://registry.npmjs.org.evil.example/a.tgz' } },
      'a: from https://registry.npmjs.org.evil.example/a.tgz',
    ],
    [
      'a package by git',
      { a: { ...good, resolved: 'git+ssh://git@github.com/a/a.git' } },
      'a: from git+ssh:',
    ],
    ['a link', { a: { ...good, link: true } }, 'a: a link'],
    ['a version that is an address', { a: { ...good, version: 'file:../a' } }, 'a: version file:../a'],
  ])('%s', (_, locked, fault) => {
    expect(originFaults(locked).join('\n')).toContain(fault)
  })

  test.each([
    [{ license: 'GPL-3.0-only' }, 'a: GPL-3.0-only'],
    [{ license: 'GPL-3.0-only', dev: true }, 'a: GPL-3.0-only'],
    [{ license: 'MPL-2.0' }, 'a: MPL-2.0'],
    [{ license: 'MIT AND GPL-2.0-only' }, 'a: MIT AND GPL-2.0-only'],
    [{ license: 'SEE LICENSE IN LICENSE' }, 'a: SEE LICENSE IN LICENSE'],
    [{ license: '' }, 'a: no licence'],
    [{}, 'a: no licence'],
  ])('the licence of %j', (locked, fault) => {
    expect(licenceFaults({ a: locked })).toEqual([fault])
  })

  test.each([
    [{ license: 'MIT' }],
    [{ license: '(MIT OR GPL-3.0-or-later)' }],
    [{ license: { type: 'ISC' } }],
    [{ license: [{ type: 'Public Domain' }, { type: 'MIT' }] }],
    [{ license: 'MPL-2.0', dev: true }],
  ])('nothing of the licence of %j', locked => {
    expect(licenceFaults({ a: locked })).toEqual([])
  })
})
