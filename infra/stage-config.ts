import * as v from 'valibot'
import { known } from './stage-config/exact.ts'
import { regionFaults } from './stage-config/region-faults.ts'
import { StageConfigError, type StageFault } from './stage-config/stage-config-error.ts'
import { stageSchema } from './stage-config/stage-schema.ts'
import { builtInTags, tagFaults } from './stage-config/tag-faults.ts'

/** One stage's block of `cdk.json`, checked, with the defaults filled in. */
export type StageConfig = v.InferOutput<typeof stageSchema>

/**
 * Reads the block of a stage from the stages of `cdk.json`. `region` is the AWS region of the deployment, where it is
 * known; the stage's own `region` wins.
 * @throws StageConfigError with every fault at once: a stage that does not exist, an unknown key, a wrong value, and
 * values that AWS would refuse only during the deployment.
 */
export function readStageConfig(stages: unknown, stage: unknown, region?: string): StageConfig {
  const blocks = typeof stages === 'object' && stages !== null ? stages : {}
  // The stage's name becomes part of every resource's name.
  if (typeof stage !== 'string' || !/^[a-z][a-z0-9-]{0,19}$/.test(stage)) {
    fail('stage', 'a name of up to 20 lowercase letters, digits and dashes', stage)
  }
  // The queue of a stage `prod-dead` would have the name of the dead-letter queue of `prod`.
  if (stage.endsWith('-dead'))
    fail('stage', 'a name that does not end in -dead, as dead-letter queues do', stage)
  if (!Object.hasOwn(blocks, stage)) {
    fail('stage', known('stage', stage, Object.keys(blocks)), stage)
  }
  const result = v.safeParse(stageSchema, Object.entries(blocks).find(([name]) => name === stage)?.[1])
  if (!result.success) throw new StageConfigError(result.issues.map(issue => toFault(stage, issue)))
  const config = result.output
  const faults = [
    ...tagFaults(config.tags, builtInTags(stage)),
    ...regionFaults(config, config.region ?? region),
  ]
  if (faults.length === 0) return config
  throw new StageConfigError(
    faults.map(({ path, ...fault }) => ({ ...fault, path: `stages.${stage}.${path}` })),
  )
}

function toFault(stage: string, issue: v.BaseIssue<unknown>): StageFault {
  const keys = issue.path?.map(({ key }) => String(key)) ?? []
  const isMissing = issue.type === 'loose_object' && issue.input === undefined
  return {
    path: ['stages', stage, ...keys].join('.'),
    expected: isMissing ? 'a value' : issue.message,
    found: found(issue, keys),
  }
}

function found(issue: v.BaseIssue<unknown>, keys: string[]) {
  if (issue.type === 'raw_check') return shown(keys.at(-1))
  if (issue.type === 'partial_check') return shown(issue.path?.at(-1)?.value)
  return keys.includes('secrets') && typeof issue.input === 'string' ? 'a text' : shown(issue.input)
}

function shown(value: unknown) {
  if (value === undefined) return 'nothing'
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object'
  return JSON.stringify(value).slice(0, 80)
}

function fail(path: string, expected: string, found: unknown): never {
  throw new StageConfigError([{ path, expected, found: shown(found) }])
}
