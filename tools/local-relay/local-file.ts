import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'

const schema = v.object({
  endpoint: v.string(),
  queueUrl: v.string(),
  deadLetterQueueUrl: v.string(),
  /** The relay's own. */
  url: v.string(),
  /** The stand-in's, where one runs. */
  kustomerUrl: v.optional(v.string()),
})

/** Where a running local relay is to be found, for other programs on this machine: `.relay/local.json`. */
export type LocalFile = v.InferOutput<typeof schema>

/** The folder of a local relay's files, in the folder in which it runs. */
export const defaultDataDir = '.relay'

/** The file's path in a relay's folder. */
export function localFilePath(dataDir: string): string {
  return join(dataDir, 'local.json')
}

/** Writes the file at once and whole; gives what removes it, unless another relay's has taken its place. */
export function writeLocalFile(dataDir: string, content: LocalFile): () => void {
  const path = localFilePath(dataDir)
  writeFileSync(`${path}.new`, JSON.stringify(content, null, 2))
  renameSync(`${path}.new`, path)
  return () => {
    if (readLocalFile(dataDir)?.endpoint === content.endpoint) rmSync(path, { force: true })
  }
}

/** What the file says; undefined where there is none, or one that cannot be read. Never throws. */
export function readLocalFile(dataDir: string): LocalFile | undefined {
  try {
    const result = v.safeParse(schema, JSON.parse(readFileSync(localFilePath(dataDir), 'utf8')))
    return result.success ? result.output : undefined
  } catch {
    return undefined
  }
}
