import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, stop } from 'esbuild'
import { bundle } from '../../lib/policy.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
let users = 0

/** The paths of both bundles, and the modules in them as paths from the root of the repository. */
export interface Bundles {
  ingest: string
  worker: string
  modules: string[]
}

/**
 * Builds both functions into `folder` with the options of the stack.
 * @throws Error if a source has an error. esbuild has printed the error to stderr by then.
 */
export async function buildBundles(folder: string): Promise<Bundles> {
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
      metafile: true,
    }),
  )
  const { metafile } = await building.catch(() => {
    throw new Error('the functions cannot be built')
  })
  const modules = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs))
  return {
    ingest: join(folder, 'ingest', 'index.mjs'),
    worker: join(folder, 'worker', 'index.mjs'),
    modules: [...new Set(modules)],
  }
}

/**
 * Runs work that uses esbuild, and stops esbuild's process when no work is left. The process needs as much memory as a
 * function. Rejects if the work rejects.
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
