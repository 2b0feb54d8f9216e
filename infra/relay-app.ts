import { App, type AppProps } from 'aws-cdk-lib'
import * as v from 'valibot'
import { RelayStack } from './stack.ts'
import { stageSchema } from './stage-config.ts'

/**
 * The CDK app: one stack for the stage that the context names (`-c stage=prod`; `cdk.json` says which is usual).
 * `props` is for tests, which give the context themselves.
 */
export function relayApp(props?: AppProps) {
  const app = new App(props)
  const stage: string = app.node.getContext('stage')
  new RelayStack(app, `kustomer-relay-${stage}`, {
    stage,
    config: v.parse(stageSchema, app.node.getContext('stages')[stage]),
  })
  return app
}
