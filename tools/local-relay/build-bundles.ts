import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, stop } from 'esbuild'
import { bundle } from '../../lib/policy.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
let users = 0

/**
 * Builds both functions into `folder` with the options of the stack and gives the paths of the bundles.
 * @throws Error where a source has a fault, which esbuild has shown on stderr by then.
 */
export async function buildBundles(folder: string): Promise<{ ingest: string; worker: string }> {
  const building = withEsbuild(() =>
    build({
      ...bundle,
      mainFields: [...bundle.mainFields],
      entryPoints: ['ingest', 'worker'].map(name => ({
        in: join(root, 'functions', name, 'index.ts'),
        out: join(name, 'index'),
      })),
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      absWorkingDir: root,
    }),
  )
  await building.catch(() => {
    throw new Error('the functions cannot be built')
  })
  return { ingest: join(folder, 'ingest', 'index.mjs'), worker: join(folder, 'worker', 'index.mjs') }
}

/**
 * Does work with esbuild and ends its service after the last of it: it would be a process more, as large as a function.
 * Rejects as the work does.
 */
export async function withEsbuild<T>(work: () => Promise<T>): Promise<T> {
  users++
  try {
    return await work()
  } finally {
    users--
    if (users === 0) await stop()
  }
}
