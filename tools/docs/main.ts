import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { type CommandHelp, commandLine, runCommand } from '../terminal/command-line.ts'
import { documents, withTables } from './readme-tables.ts'

const help: CommandHelp = {
  name: 'docs',
  summary: `Writes the tables of ${Object.keys(documents).join(', ')} from the code.`,
  examples: [
    ['npm run docs', 'after a change of the mapping, the decisions, the codes or the stage settings'],
  ],
  exits: { 0: 'the tables are written', 2: 'a document could not be written, or has no place for a table' },
}

/**
 * Runs `npm run docs`: generates the tables of the documents from the code. A test checks that they are current.
 * Returns the exit code.
 */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  const program = commandLine(io, help).action(() => {
    for (const name of Object.keys(documents)) {
      const path = fileURLToPath(new URL(`../../${name}`, import.meta.url))
      writeFileSync(path, withTables(name, readFileSync(path, 'utf8')))
      printLine(io.out, `${name}: tables written`)
    }
  })
  return runCommand(program, argv, io, { code: 0 })
}
