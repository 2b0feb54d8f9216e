import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { HttpResponse } from '../../http/response.ts'
import { withEsbuild } from '../../local-relay/build-bundles.ts'

const web = fileURLToPath(new URL('../web/', import.meta.url))

/** A file of the page. `nonce` allows the style elements that the page's editor makes; only the page itself has one. */
export type Asset = HttpResponse & { nonce?: string }

let building: Promise<Map<string, string>> | undefined

/**
 * Returns a file of the page: `/`, `/console/main.js` or `/console/main.css`; undefined for any other path. Script and
 * style are bundled once, at the first request: that takes a tenth of a second and keeps the start of the relay short.
 * @throws Error if they cannot be bundled.
 */
export async function asset(path: string): Promise<Asset | undefined> {
  if (path === '/') {
    const nonce = randomBytes(16).toString('base64')
    const html = await readFile(`${web}index.html`, 'utf8')
    return { ...fileOf('text/html', html.replace('{nonce}', nonce)), nonce }
  }
  const type = { '/console/main.js': 'text/javascript', '/console/main.css': 'text/css' }[path]
  if (type === undefined) return undefined
  building ??= bundle()
  return fileOf(type, (await building).get(path) ?? '')
}

function fileOf(type: string, body: string): HttpResponse {
  return { status: 200, headers: { 'content-type': `${type}; charset=utf-8` }, body }
}

async function bundle(): Promise<Map<string, string>> {
  const { outputFiles } = await withEsbuild(() =>
    build({
      entryPoints: [`${web}main.tsx`],
      bundle: true,
      write: false,
      outdir: '/console',
      format: 'esm',
      target: 'es2022',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      minify: true,
      logLevel: 'silent',
    }),
  )
  return new Map(
    outputFiles.map(file => [`/console/main${file.path.endsWith('.css') ? '.css' : '.js'}`, file.text]),
  )
}
