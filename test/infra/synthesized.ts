import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Template } from '../../infra/checks/template.ts'
import { relayApp } from '../../infra/relay-app.ts'

const cdkContext = JSON.parse(readFileSync('cdk.json', 'utf8')).context

/** The stages that `cdk.json` has. */
export const stages = Object.keys(cdkContext.stages)

/**
 * The template of a stage as `cdk synth` would write it, nag and promises included; throws where one is broken.
 * `block` takes the place of the stage's own in `cdk.json`. The bundles are left out: they have a test of their own.
 */
export function synthesized(stage = 'dev', block: unknown = cdkContext.stages[stage]): Template {
  const outdir = mkdtempSync(join(tmpdir(), 'relay-synth-'))
  try {
    const context = { ...cdkContext, stage, stages: { [stage]: block }, 'aws:cdk:bundling-stacks': [] }
    return relayApp({ outdir, context }).synth().getStackByName(`kustomer-relay-${stage}`).template
  } finally {
    rmSync(outdir, { recursive: true })
  }
}
