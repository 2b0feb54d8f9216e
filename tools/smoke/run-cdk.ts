import { spawnSync } from 'node:child_process'
import { delimiter, resolve } from 'node:path'

/** How a run of the CDK ended: its exit code, its output, and the seconds that it took. */
export interface CdkRun {
  status: number | null
  output: string
  seconds: string
}

/** Runs the CDK in a folder whose `cdk.json` names the project's app. Never throws. */
export function runCdk(args: string[], folder: string, environment: NodeJS.ProcessEnv): CdkRun {
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [resolve('node_modules/aws-cdk/bin/cdk'), ...args],
    {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        PATH: `${resolve('node_modules/.bin')}${delimiter}${process.env.PATH}`,
        ...environment,
      },
    },
  )
  return { status, output: stdout + stderr, seconds: ((performance.now() - started) / 1000).toFixed(1) }
}
