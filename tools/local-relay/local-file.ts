import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { isOnLoopback } from '../../lib/settings.ts'

/** An address of this machine. A file that somebody planted must not send secrets or events elsewhere. */
const loopbackUrl = v.pipe(v.string(), v.check(isLoopbackUrl))

const schema = v.object({
  endpoint: loopbackUrl,
  /** The credentials of the SQS at `endpoint`, made for this run. */
  accessKeyId: v.string(),
  secretAccessKey: v.string(),
  queueUrl: loopbackUrl,
  deadLetterQueueUrl: loopbackUrl,
  /** The relay's URL. */
  url: loopbackUrl,
  /** The stand-in's URL, if one runs. */
  kustomerUrl: v.optional(loopbackUrl),
  /** The table of the person records, and the salt of their hashes. */
  people: v.optional(v.object({ endpoint: loopbackUrl, tableName: v.string(), salt: v.string() })),
})

/** The addresses and credentials of a running local relay, for other programs on this machine: `.relay/local.json`. */
export type LocalFile = v.InferOutput<typeof schema>

/** The folder of a local relay's files, relative to its working directory. */
export const defaultDataDir = '.relay'

/** Returns the path of the file in a relay's folder. */
export function localFilePath(dataDir: string): string {
  return join(dataDir, 'local.json')
}

/**
 * Writes the file atomically, readable for its owner only. Returns a function that removes it, unless another relay has
 * replaced it.
 */
export function writeLocalFile(dataDir: string, content: LocalFile): () => void {
  const path = localFilePath(dataDir)
  const draft = `${path}.new`
  // Removed first: an existing file would keep its mode.
  rmSync(draft, { force: true })
  writeFileSync(draft, JSON.stringify(content, null, 2), { mode: 0o600, flag: 'wx' })
  renameSync(draft, path)
  return () => {
    if (readLocalFile(dataDir)?.endpoint === content.endpoint) rmSync(path, { force: true })
  }
}

/** Reads the file. Returns undefined if it is missing or invalid, or names another machine. Never throws. */
export function readLocalFile(dataDir: string): LocalFile | undefined {
  try {
    const result = v.safeParse(schema, JSON.parse(readFileSync(localFilePath(dataDir), 'utf8')))
    return result.success ? result.output : undefined
  } catch {
    return undefined
  }
}

function isLoopbackUrl(text: string): boolean {
  const url = URL.parse(text)
  return isOnLoopback(text) && url?.protocol === 'http:' && url.username === ''
}
