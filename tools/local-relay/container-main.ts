import { subscribe } from 'node:diagnostics_channel'
import { pathToFileURL } from 'node:url'
import type { Context } from 'aws-lambda'
import type { FromContainer, Invoke } from './container-messages.ts'
import { channels, type Note } from './notes.ts'

const [bundle = ''] = process.argv.slice(2)
const { AWS_LAMBDA_FUNCTION_NAME: name = '', AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memory = '' } = process.env

// A container ends when its relay ends. Ctrl-C reaches every process of the group; the relay handles it.
process.on('disconnect', () => process.exit())
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})

for (const [kind, channel] of Object.entries(channels))
  subscribe(channel, message => send({ kind: 'note', note: { kind, message } as Note }))

const { handler } = await import(pathToFileURL(bundle).href)
process.on('message', (invoke: Invoke) => void serve(invoke))
send({ kind: 'ready' })

async function serve({ id, event, deadlineMs }: Invoke) {
  try {
    const value: unknown = await handler(event, contextOf(id, deadlineMs))
    send({ kind: 'answer', id, json: JSON.stringify(value) ?? 'null' })
  } catch (error) {
    console.error(error)
    send({ kind: 'failure', id, error: error instanceof Error ? error.name : typeof error })
  }
}

function send(message: FromContainer) {
  if (process.connected) process.send?.(message, () => {})
}

function contextOf(awsRequestId: string, deadlineMs: number): Partial<Context> {
  return {
    awsRequestId,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    memoryLimitInMB: memory,
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: String(process.pid),
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  }
}
