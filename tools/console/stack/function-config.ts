import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import type { Settings } from '../../../lib/index.ts'
import { parseSettings } from '../../../lib/settings.ts'
import type { Limits } from '../server/limits.ts'

/** What the worker function of a stack is set to now. */
export interface FunctionConfig {
  settings: Settings
  limits: Limits
  /** The namespace of the stage's metrics. */
  namespace: string
}

/**
 * Reads the environment of a worker function: the settings and limits that are in force, whatever was deployed.
 * @throws Error if a variable is missing; ConfigError for settings that this version does not know.
 */
export async function readFunctionConfig(
  lambda: Pick<LambdaClient, 'send'>,
  functionName: string,
): Promise<FunctionConfig> {
  const { Environment } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: functionName }),
  )
  const variables = Environment?.Variables ?? {}
  const text = (name: string) => {
    const value = variables[name]
    if (value === undefined) throw new Error(`The function ${functionName} has no variable ${name}`)
    return value
  }
  const number = (name: string) => Number(text(name))
  return {
    settings: parseSettings(JSON.parse(text('SETTINGS'))),
    namespace: text('POWERTOOLS_METRICS_NAMESPACE'),
    limits: {
      requestsPerMinute: number('KUSTOMER_REQUESTS_PER_MINUTE'),
      share: number('KUSTOMER_SHARE'),
      workerConcurrency: number('WORKER_CONCURRENCY'),
      backoffBaseSeconds: number('BACKOFF_BASE_SECONDS'),
      backoffMaxSeconds: number('BACKOFF_MAX_SECONDS'),
      giveUpAfterSeconds: number('GIVE_UP_AFTER_SECONDS'),
      resendUnchangedAfterHours: number('RESEND_UNCHANGED_AFTER_HOURS'),
    },
  }
}
