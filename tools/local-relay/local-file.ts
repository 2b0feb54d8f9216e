import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'

const schema = v.object({
  endpoint: v.string(),
  queueUrl: v.string(),
  deadLetterQueueUrl: v.string(),
  /** The relay's URL. */
  url: v.string(),
  /** The stand-in's URL, if one runs. */
  kustomerUrl: v.optional(v.string()),
  /** The table of the person records, and the salt of their hashes. */
  people: v.optional(v.object({ endpoint: v.string(), tableName: v.string(), salt: v.string() })),
})

/** The addresses of a running local relay, for other programs on this machine: `.relay/local.json`. */
export type LocalFile = v.InferOutput<typeof schema>

/** The folder of a local relay's files, relative to its working directory. */
export const defaultDataDir = '.relay'

/** Returns the path of the file in a relay's folder. */
export function localFilePath(dataDir: string): string {
  return join(dataDir, 'local.json')
}

/** Writes the file atomically. Returns a function that removes it, unless another relay has replaced it. */
export function writeLocalFile(dataDir: string, content: LocalFile): () => void {
  const path = localFilePath(dataDir)
  writeFileSync(`${path}.new`, JSON.stringify(content, null, 2))
  renameSync(`${path}.new`, path)
  return () => {
    if (readLocalFile(dataDir)?.endpoint === content.endpoint) rmSync(path, { force: true })
  }
}

/** Reads the file. Returns undefined if it is missing or invalid. Never throws. */
export function readLocalFile(dataDir: string): LocalFile | undefined {
  try {
    const result = v.safeParse(schema, JSON.parse(readFileSync(localFilePath(dataDir), 'utf8')))
    return result.success ? result.output : undefined
  } catch {
    return undefined
  }
}
