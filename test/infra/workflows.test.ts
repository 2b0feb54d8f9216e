import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { stages } from './synthesized.ts'

const deploy = readFileSync('.github/workflows/deploy.yml', 'utf8')
const check = readFileSync('.github/workflows/check.yml', 'utf8')

test('a deployment assumes a role by OIDC: no workflow knows a key', () => {
  expect(deploy).toContain('id-token: write')
  expect(check).not.toContain('id-token')
  for (const workflow of [deploy, check]) {
    expect(workflow).not.toMatch(/secrets\.|AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY/)
  }
})

test('what a person types is no part of a command', () => {
  for (const workflow of [deploy, check]) {
    expect(workflow.split('\n').filter(line => /run:.*\$\{\{/.test(line))).toEqual([])
  }
})

test('the stages that can be chosen are those of cdk.json', () => {
  expect(/options: \[(.*)\]/.exec(deploy)?.[1]?.split(', ')).toEqual(stages)
})

test('the check runs what the README and package.json promise', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
  for (const [, script = ''] of check.matchAll(/npm run ([\w:]+)/g)) expect(scripts).toHaveProperty([script])
  expect(check).toContain('npm test')
})
