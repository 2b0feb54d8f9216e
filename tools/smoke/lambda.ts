import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { basename, dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { type InvocationResult, startRuntimeApi } from './runtime-api.ts'

/** A bundle that runs under Lambda's runtime client, in its own process. */
export interface Lambda {
  /** Invokes the handler. After `timeoutMs` the process is ended, as Lambda does. */
  invoke(event: unknown, timeoutMs: number): Promise<InvocationResult>
  /** The lines that the function has written to stdout. */
  lines: string[]
  stop(): Promise<void>
}

/** Starts `bundle` under the runtime client at `client`. Its environment is `env` and PATH of this process. */
export async function startLambda(
  client: string,
  bundle: string,
  env: Record<string, string>,
): Promise<Lambda> {
  const name = env.AWS_LAMBDA_FUNCTION_NAME ?? ''
  const api = await startRuntimeApi(`arn:aws:lambda:us-east-1:000000000000:function:${name}`)
  const child = spawn(process.execPath, [client], {
    env: {
      PATH: process.env.PATH,
      ...env,
      AWS_LAMBDA_RUNTIME_API: api.address,
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
      AWS_LAMBDA_LOG_STREAM_NAME: 'smoke',
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_LAMBDA_LOG_LEVEL: 'INFO',
      LAMBDA_TASK_ROOT: dirname(bundle),
      _HANDLER: `${basename(bundle, '.mjs')}.handler`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit').then((): InvocationResult => ({ kind: 'ended' }))
  const lines: string[] = []
  createInterface(child.stdout).on('line', line => lines.push(line))
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
    api.close()
  }
  return {
    lines,
    stop,
    async invoke(event, timeoutMs) {
      const result = await Promise.race([api.invoke(event, timeoutMs), ended])
      if (result.kind === 'timedOut') await stop()
      return result
    },
  }
}
