import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { stages } from './synthesized.ts'

const deploy = readFileSync('.github/workflows/deploy.yml', 'utf8')
const check = readFileSync('.github/workflows/check.yml', 'utf8')
const workflows = [deploy, check]
const { scripts, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))

/** Expects these texts in this order. */
function inOrder(steps: string, ...texts: string[]) {
  const places = texts.map(text => steps.indexOf(text))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(places).not.toContain(-1)
}

/** The part of a workflow from the line of this job to the next job. */
function job(workflow: string, name: string): string {
  return workflow.split(/^(?= {2}[a-z]+:$)/m).find(part => part.startsWith(`  ${name}:`)) ?? ''
}

test('a deployment assumes a role by OIDC: no workflow has a key', () => {
  expect(deploy).toContain('id-token: write')
  expect(check).not.toContain('id-token')
  for (const workflow of workflows) {
    expect(workflow).not.toMatch(/secrets\.|AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY/)
  }
})

test('only the deploy and the release job may do more than read the repository', () => {
  const writesIn = (text: string) => text.match(/[\w-]+: write(-all)?\b/g) ?? []
  expect(writesIn(check)).toEqual([])
  expect(writesIn(job(deploy, 'deploy'))).toEqual(['id-token: write'])
  expect(writesIn(job(deploy, 'release'))).toEqual([
    'contents: write',
    'id-token: write',
    'attestations: write',
  ])
  expect(writesIn(deploy)).toHaveLength(4)
  expect(deploy).toMatch(/^permissions: \{\}$/m)
  expect(check).toMatch(/^permissions:\n {2}contents: read\n$/m)
})

test('no input of a user becomes part of a command', () => {
  for (const workflow of workflows) {
    expect(workflow.split('\n').filter(line => /run:.*\$\{\{/.test(line))).toEqual([])
  }
})

test('the stages to choose from are those of cdk.json', () => {
  expect(/options: \[(.*)\]/.exec(deploy)?.[1]?.split(', ')).toEqual(stages)
})

test('every action is pinned to a commit, with its tag in a comment', () => {
  const uses = workflows.flatMap(workflow => workflow.match(/uses:.*/g) ?? [])
  expect(uses.length).toBeGreaterThan(8)
  for (const line of uses) expect(line).toMatch(/^uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  const actions = uses.map(line => line.replace(/@.*/, ''))
  expect(new Set(uses).size).toBe(new Set(actions).size)
})

test('every script and file that a workflow runs exists', () => {
  for (const workflow of workflows) {
    for (const [, script = ''] of workflow.matchAll(/npm run ([\w:]+)/g))
      expect(scripts).toHaveProperty([script])
    for (const [, file = ''] of workflow.matchAll(/run: node (\S+)/g)) expect(existsSync(file)).toBe(true)
  }
})

test('Node.js is the one that the tests run on', () => {
  const major = readFileSync('.nvmrc', 'utf8').trim()
  expect(devDependencies.node.split('.')[0]).toBe(major)
  for (const workflow of workflows) {
    expect(workflow.match(/uses: actions\/setup-node@/g)).toHaveLength(
      workflow.match(/node-version-file: \.nvmrc/g)?.length ?? 0,
    )
    expect(workflow).not.toContain('node-version:')
  }
})

describe('the check', () => {
  test('runs the unit tests and starts the relay on three systems', () => {
    const unit = job(check, 'unit')
    expect(unit).toMatch(/os: \[ubuntu-[\d.]+, macos-\d+, windows-\d+\]/)
    expect(unit).toContain('npm run test:unit')
    expect(unit).toContain('node tools/bin/smoke-start.ts')
  })

  test.each([
    ['check', check],
    ['deploy', deploy],
  ])('%s runs all tests with moto, and fails if moto is missing', (_, workflow) => {
    const all = job(workflow, 'test')
    expect(all).toContain('npm test')
    expect(all).toContain("CI: 'true'")
    expect(all.indexOf('moto[server]==')).toBeGreaterThan(0)
    expect(all.indexOf('moto[server]==')).toBeLessThan(all.indexOf('npm test'))
  })
})

describe('the deployment', () => {
  const steps = job(deploy, 'deploy')

  test('waits for the tests, and deploys to prod only from main', () => {
    expect(steps).toContain('needs: test')
    expect(steps).toContain('fetch-depth: 0')
    inOrder(
      steps,
      'actions/checkout@',
      'git merge-base --is-ancestor HEAD origin/main',
      'role-to-assume',
      'cdk deploy',
    )
  })

  test('runs no scripts of dependencies', () => {
    expect(deploy.match(/npm (ci|i|install)\b.*/g)).toEqual([
      'npm ci --ignore-scripts',
      'npm ci --ignore-scripts',
      'npm ci --ignore-scripts',
    ])
  })

  test('ends with an event that the doctor follows to Kustomer', () => {
    inOrder(steps, 'cdk deploy', 'npm run doctor -- --stack "kustomer-relay-$STAGE" --send-test')
  })
})

test('a release is built from a tag of main after the tests, and says from what it was built', () => {
  const steps = job(deploy, 'release')
  expect(steps).toContain("if: github.ref_type == 'tag'")
  expect(steps).toContain('needs: test')
  inOrder(
    steps,
    'git merge-base --is-ancestor HEAD origin/main',
    'npm ci --ignore-scripts',
    'npm run release -- --out dist',
    'npm sbom --package-lock-only --sbom-format cyclonedx > dist/sbom.cdx.json',
    'third-party-licences.txt',
    'actions/attest@',
    'sbom-path: dist/sbom.cdx.json',
    'gh release create "$GITHUB_REF_NAME" --verify-tag',
  )
})

test('Dependabot keeps the packages and the actions current', () => {
  const config = readFileSync('.github/dependabot.yml', 'utf8')
  expect(config.match(/package-ecosystem: .*/g)).toEqual([
    'package-ecosystem: npm',
    'package-ecosystem: github-actions',
  ])
  expect(config.match(/default-days: \d+/g)).toEqual(['default-days: 7', 'default-days: 7'])
})
