import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the corpus. It has a folder for each target. */
export const corpusFolder = fileURLToPath(new URL('../../test/fuzz/corpus/', import.meta.url))

/** A hostile case that is kept as a file. The file's name says what it is, `why` what could go wrong. */
export interface KeptCase {
  file: string
  why: string
  input: unknown
}

/** The kept cases of a target, by file name. @throws Error when a file cannot be read or has another shape. */
export function keptCases(target: string): KeptCase[] {
  const folder = join(corpusFolder, target)
  return readdirSync(folder)
    .sort()
    .map(file => {
      const { why, input } = JSON.parse(readFileSync(join(folder, file), 'utf8'))
      if (typeof why !== 'string' || input === undefined)
        throw new Error(`${file}: why and input are missing`)
      return { file, why, input }
    })
}
