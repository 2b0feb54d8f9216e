import { join } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { bundle, bundleBudget } from '../lib/policy.ts'
import { delay } from '../lib/queue/received-messages.ts'
import { enqueue } from '../lib/queue/sqs.ts'
import { startQueues } from '../tools/local-relay/queues.ts'
import { libraryVariables } from './infra/library-variables.ts'

/** Budgets are counts, never times: they are the same on every machine. */

const root = join(import.meta.dirname, '..')

describe.each([
  ['ingest', 620],
  ['worker', 740],
] as const)('the bundle of %s', (name, maxModules) => {
  const bundled = build({
    ...bundle,
    mainFields: [...bundle.mainFields],
    absWorkingDir: root,
    entryPoints: [`functions/${name}/index.ts`],
    outfile: 'unwritten.mjs',
    write: false,
    metafile: true,
  })

  test('stays within its bytes', async () => {
    const { outputFiles } = await bundled
    const code = outputFiles.find(({ path }) => path.endsWith('.mjs'))
    expect(code?.contents.length).toBeGreaterThan(100_000)
    expect(code?.contents.length).toBeLessThanOrEqual(bundleBudget[name])
  })

  test.each(libraryVariables.filter(name => name.startsWith('POWERTOOLS')))('reads %s', async name => {
    const { outputFiles } = await bundled
    expect(outputFiles.find(({ path }) => path.endsWith('.mjs'))?.text).toContain(name)
  })

  test('loads no more modules at start than it needs', async () => {
    const { metafile } = await bundled
    const modules = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs))
    expect(modules.length).toBeLessThanOrEqual(maxModules)
    const packages = new Set(modules.map(path => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]))
    for (const dear of ['aws-cdk-lib', 'fauxqs', 'dynalite', 'esbuild', 'commander', 'tv4'])
      expect(packages).not.toContain(dear)
  })
})

describe('requests to SQS', () => {
  test('one event is one request, 500 are fifty, and a message that is done costs none', async () => {
    const queues = await startQueues(30)
    let requests = 0
    queues.sqs.middlewareStack.add(
      next => args => {
        requests++
        return next(args)
      },
      { step: 'finalizeRequest', priority: 'low' },
    )
    const message = (i: number) => ({ body: '{}', groupId: `g${i}`, deduplicationId: `d${i}` })
    await enqueue(queues.sqs, queues.queueUrl, [message(0)])
    expect(requests).toBe(1)
    await enqueue(
      queues.sqs,
      queues.queueUrl,
      Array.from({ length: 500 }, (_, i) => message(i + 1)),
    )
    expect(requests).toBe(51)
    await delay(queues.sqs, queues.queueUrl, [])
    expect(requests).toBe(51)
    await queues.close()
  })
})
