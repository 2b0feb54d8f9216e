import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { documents, withTables } from './readme-tables.ts'

/**
 * Runs `npm run docs`: generates the tables of the documents from the code. A test checks that they are current.
 * Returns the exit code 0; throws if a document has no place for a table.
 */
export async function main(_argv: string[], { out }: CommandIo): Promise<number> {
  for (const name of Object.keys(documents)) {
    const path = fileURLToPath(new URL(`../../${name}`, import.meta.url))
    writeFileSync(path, withTables(name, readFileSync(path, 'utf8')))
    printLine(out, `${name}: tables written`)
  }
  return 0
}
