import { fileURLToPath } from 'node:url'
import { InvalidArgumentError } from '@commander-js/extra-typings'
import { commandLine, run } from '../terminal/command-line.ts'
import { paint } from '../terminal/terminal.ts'
import { faults } from './faults.ts'
import { findFault, findKnown } from './find-fault.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

const program = commandLine(
  'simulate:faults',
  'Puts deliberate faults into copies of the code and says which the simulation finds.',
  [
    ['npm run simulate:faults', 'all of them, 200 seeds each at most'],
    ['npm run simulate:faults -- gate key', 'those whose sentence holds one of these words'],
  ],
  { 0: 'every fault was found', 1: 'a fault was missed', 2: 'it could not run' },
)
  .argument('[words...]', 'of the sentences of the faults')
  .option('--seeds <n>', 'at most for each', whole, 200)
  .option('--minutes <n>', 'for which events are sent', whole, 30)
  .action(async (words, { seeds, minutes }) => {
    const known = new Map<string, Set<string>>()
    const chosen = faults.filter(({ name }) => words.length === 0 || words.some(word => name.includes(word)))
    for (const fault of chosen) {
      const search = { root, seeds, minutes, scenario: fault.scenario ?? 'mixed' }
      const before = known.get(search.scenario) ?? (await findKnown(search))
      known.set(search.scenario, before)
      const finding = await findFault(fault, { ...search, known: before })
      if (finding.kind === 'missed') process.exitCode = 1
      const [mark, how] =
        finding.kind === 'found'
          ? [paint('green', '✓'), `${search.scenario} ${finding.seed}: ${finding.what}`]
          : [paint('red', '✗'), `missed in ${seeds} seeds of ${search.scenario}`]
      console.log(`${mark} ${fault.name}\n  ${paint('dim', how)}`)
    }
  })

await run(program)

function whole(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Expected a whole number above 0.')
  return Number(text)
}
