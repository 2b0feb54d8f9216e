import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, stop } from 'esbuild'
import { bundle } from '../../lib/policy.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
let builds = 0

/**
 * Builds both functions into `folder` with the options of the stack and gives the paths of the bundles.
 * esbuild's service is ended after the last build: it would be a process more, as large as a function.
 * @throws Error where a source has a fault, which esbuild has shown on stderr by then.
 */
export async function buildBundles(folder: string): Promise<{ ingest: string; worker: string }> {
  builds++
  try {
    await build({
      ...bundle,
      mainFields: [...bundle.mainFields],
      entryPoints: ['ingest', 'worker'].map(name => ({
        in: join(root, 'functions', name, 'index.ts'),
        out: join(name, 'index'),
      })),
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      absWorkingDir: root,
    })
  } catch {
    throw new Error('the functions cannot be built')
  } finally {
    builds--
    if (builds === 0) await stop()
  }
  return { ingest: join(folder, 'ingest', 'index.mjs'), worker: join(folder, 'worker', 'index.mjs') }
}
