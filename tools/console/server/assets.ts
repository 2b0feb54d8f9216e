import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { HttpResponse } from '../../http/response.ts'
import { withEsbuild } from '../../local-relay/build-bundles.ts'

const web = fileURLToPath(new URL('../web/', import.meta.url))

/** The files of the page, by path. No other file can be requested. */
const files: Record<string, { type: string; read: () => Promise<string> }> = {
  '/': { type: 'text/html; charset=utf-8', read: () => readFile(`${web}index.html`, 'utf8') },
  '/console/console.css': {
    type: 'text/css; charset=utf-8',
    read: () => readFile(`${web}console.css`, 'utf8'),
  },
  '/console/main.js': { type: 'text/javascript; charset=utf-8', read: script },
}

let building: Promise<string> | undefined

/** Returns a file of the page; undefined for any other path. The script is built once, at the first request. */
export async function asset(path: string): Promise<HttpResponse | undefined> {
  const file = Object.hasOwn(files, path) ? files[path] : undefined
  return file && { status: 200, headers: { 'content-type': file.type }, body: await file.read() }
}

function script(): Promise<string> {
  building ??= withEsbuild(() =>
    build({
      entryPoints: [`${web}main.ts`],
      bundle: true,
      write: false,
      format: 'esm',
      target: 'es2022',
      logLevel: 'silent',
    }),
  ).then(({ outputFiles }) => outputFiles[0]?.text ?? '')
  return building
}
