import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { bundle } from '../../lib/policy.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * Builds both functions into `folder` with the options of the stack and gives the paths of the bundles.
 * Without esbuild's service, which would be a process more to end.
 * @throws Error of esbuild where a source has a fault.
 */
export function buildBundles(folder: string): { ingest: string; worker: string } {
  buildSync({
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
  return { ingest: join(folder, 'ingest', 'index.mjs'), worker: join(folder, 'worker', 'index.mjs') }
}
