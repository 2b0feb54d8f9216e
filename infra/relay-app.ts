import { App, type AppProps, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { StackInvariants } from './checks/stack-invariants.ts'
import { RelayStack } from './stack.ts'
import { known } from './stage-config/exact.ts'
import { nearest } from './stage-config/nearest.ts'
import { StageConfigError } from './stage-config/stage-config-error.ts'
import { readStageConfig } from './stage-config.ts'

/**
 * Creates the CDK app: one stack for the stage in the context (`-c stage=prod`; `cdk.json` has the default).
 * `props` is for tests, which pass the context themselves.
 * @throws StageConfigError with every fault of the stage's block.
 */
export function relayApp(props?: AppProps) {
  const app = new App(props)
  const context: Record<string, unknown> = app.node.getAllContext()
  refuseMisspelt(Object.keys(context))
  const config = readStageConfig(context.stages, context.stage, deployRegion())
  const env = config.region === undefined ? {} : { region: config.region }
  new RelayStack(app, `kustomer-relay-${context.stage}`, { stage: String(context.stage), config, env })
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new StackInvariants())
  return app
}

/**
 * The region that the CDK deploys to, if it is known. Without credentials the CDK CLI sets a region that is only its
 * fallback, so the region counts only where the account is known too (aws-cdk 2.1148.1, `prepareDefaultEnvironment`).
 */
function deployRegion(): string | undefined {
  const { CDK_DEFAULT_REGION, CDK_DEFAULT_ACCOUNT } = process.env
  return CDK_DEFAULT_ACCOUNT ? CDK_DEFAULT_REGION : undefined
}

/** Refuses unknown context keys: `-c stge=prod` would deploy the default stage without a warning. */
function refuseMisspelt(keys: string[]) {
  const own = ['stage', 'stages']
  const faults = keys
    .filter(key => !own.includes(key) && nearest(key, own))
    .map(key => ({ path: 'context', expected: known('key', key, own), found: `"${key}"` }))
  if (faults.length > 0) throw new StageConfigError(faults)
}
