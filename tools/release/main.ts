import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildBundles } from '../local-relay/build-bundles.ts'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { type CommandHelp, commandLine, runCommand } from '../terminal/command-line.ts'
import { type BundledPackage, bundledPackages } from './bundled-packages.ts'
import { licencesOf, mayBeUsed, permissive } from './licence.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

const help: CommandHelp = {
  name: 'release',
  summary:
    'Writes the files of a release: both bundles, as they are deployed, and the licences of what is in them.',
  examples: [['npm run release -- --out dist', 'dist/ingest, dist/worker, dist/third-party-licences.txt']],
  exits: {
    0: 'the files are written',
    1: 'a bundled package has no permissive licence',
    2: 'the bundles could not be built',
  },
}

/** Runs `npm run release`. Returns the exit code. */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  const exit = { code: 0 }
  const program = commandLine(io, help)
    .option('--out <folder>', 'the folder for the files', 'dist')
    .action(async ({ out }) => {
      const folder = resolve(io.cwd, out)
      mkdirSync(folder, { recursive: true })
      const { modules } = await buildBundles(folder)
      const packages = bundledPackages(modules, root)
      writeFileSync(join(folder, 'third-party-licences.txt'), licencesText(packages))
      printLine(io.out, `${folder}: two bundles, ${packages.length} packages in them`)
      const bad = packages.filter(({ license }) => !mayBeUsed(license, permissive))
      for (const { name, license } of bad)
        printLine(io.err, `${name}: ${licencesOf(license).join(' or ') || 'no licence'}`)
      if (bad.length > 0) exit.code = 1
    })
  return runCommand(program, argv, io, exit)
}

/** The notices of all packages. Packages with equal notices share one. */
function licencesText(packages: BundledPackage[]): string {
  const intro = 'The bundles of Kustomer Relay hold code of these packages.'
  const line = ({ name, version, license }: BundledPackage) =>
    `${name} ${version} (${licencesOf(license).join(' or ')})`
  const byNotice = Map.groupBy(packages, ({ notices, license }) =>
    notices.length > 0
      ? notices.join('\n\n')
      : `No notice in the package: ${licencesOf(license).join(' or ')}`,
  )
  const parts = [...byNotice].map(([notice, same]) => `${same.map(line).join('\n')}\n\n${notice}`)
  return `${[intro, ...parts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
}
