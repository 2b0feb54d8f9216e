import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { IConstruct } from 'constructs'
import { dig, resourcesOf, type Template } from '../../infra/checks/template.ts'
import { relayApp } from '../../infra/relay-app.ts'

// A deprecated part of the CDK would print a warning at every synth.
process.env.JSII_DEPRECATED = 'fail'

const cdkContext = JSON.parse(readFileSync('cdk.json', 'utf8')).context

/** The stages in `cdk.json`. */
export const stages = Object.keys(cdkContext.stages)

const cache = new Map<string, Template>()

/**
 * Returns the template of a stage as `cdk synth` writes it, with cdk-nag and our own checks. Throws if a check fails.
 * `block` replaces the block of the stage in `cdk.json`; `change` changes the stack before synthesis. You may change
 * the template: it is a copy of the unchanged stack, synthesized once. Bundles are left out; they have their own test.
 */
export function synthesized(
  stage = 'dev',
  block: unknown = cdkContext.stages[stage],
  change?: (stack: IConstruct) => void,
): Template {
  const key = JSON.stringify([stage, block])
  const template = (!change && cache.get(key)) || synthesize(stage, block, change)
  if (!change) cache.set(key, template)
  return structuredClone(template)
}

function synthesize(stage: string, block: unknown, change?: (stack: IConstruct) => void): Template {
  return assembled(stage, block, change).template
}

/** The stack of a stage in the cloud assembly: its template, termination protection, and messages. Not cached. */
export function assembled(stage: string, block: unknown, change?: (stack: IConstruct) => void) {
  const outdir = mkdtempSync(join(tmpdir(), 'relay-synth-'))
  try {
    const context = { ...cdkContext, stage, stages: { [stage]: block }, 'aws:cdk:bundling-stacks': [] }
    const app = relayApp({ outdir, context })
    change?.(app.node.findChild(`kustomer-relay-${stage}`))
    const { template, terminationProtection, messages, environment } = app
      .synth()
      .getStackByName(`kustomer-relay-${stage}`)
    return { template: template as Template, terminationProtection, messages, environment }
  } finally {
    rmSync(outdir, { recursive: true })
  }
}

/** How many resources of each type a template has. */
export function counted(template: Template) {
  const types = Object.values(template.Resources).map(({ Type }) => Type)
  return Object.fromEntries([...new Set(types)].map(type => [type, types.filter(t => t === type).length]))
}

/** The properties of the function `ingest` or `worker`. */
export function functionOf(template: Template, name: string) {
  return resourcesOf(template, 'AWS::Lambda::Function').find(
    ({ properties }) => dig(properties, 'Environment', 'Variables', 'POWERTOOLS_SERVICE_NAME') === name,
  )?.properties
}
