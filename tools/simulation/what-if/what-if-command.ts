import { InvalidArgumentError } from '@commander-js/extra-typings'
import type { CommandIo } from '../../terminal/command-io.ts'
import { commandLine } from '../../terminal/command-line.ts'
import { safeJson } from '../../terminal/safe-json.ts'
import { progress } from '../../terminal/terminal.ts'
import { answerQuestion } from './answer-question.ts'
import { describeAnswer } from './describe-answer.ts'
import { parseDuration, defaultQuestion as usual } from './question.ts'

/** The command line `what-if`: answers how a load and an outage would end. It writes text, or one object with `--json`. */
export function whatIfCommand(io: CommandIo) {
  const { out, err } = io
  return commandLine(io, {
    name: 'simulate -- what-if',
    summary: 'Says by simulation how long a load takes, what it costs and what is given up.',
    examples: [
      ['npm run simulate -- what-if', '100,000 events of 10,000 people in a day of outage'],
      ['npm run simulate -- what-if --events 20000 --people 500 --rate 300', 'a smaller plan of Kustomer'],
      ['npm run simulate -- what-if --events 1000000 --people 50000 --outage 24h', 'takes some minutes'],
    ],
    exits: { 0: 'answered', 2: 'it could not run' },
  })
    .name('npm run simulate -- what-if')
    .showHelpAfterError('Try: npm run simulate -- what-if --help')
    .option('--events <n>', 'that arrive', positive, usual.events)
    .option('--people <n>', 'that they are about', positive, usual.people)
    .option('--over <duration>', 'in which they arrive', parseDuration, usual.overMs)
    .option(
      '--outage <duration>',
      'from the start, for which Kustomer answers 503',
      parseDuration,
      usual.outageMs,
    )
    .option('--rate <n>', "Kustomer's limit in requests a minute", positive, usual.rate)
    .option('--share <part>', 'of it that the relay may take, 0 to 1', part, usual.share)
    .option('--concurrency <n>', 'workers at once', positive, usual.concurrency)
    .option('--identifies <part>', 'of the events, 0 to 1', part, usual.identifies)
    .option('--seed <n>', 'of everything that is drawn', positive, usual.seed)
    .option('--json', 'one JSON object')
    .action(async ({ over, outage, json, ...options }) => {
      const bar = progress(options.events, 'events', err)
      const answer = await answerQuestion({ ...options, overMs: over, outageMs: outage }, bar.update)
      bar.close()
      out.write(`${json ? safeJson(answer, 'line') : describeAnswer(answer, out)}\n`)
    })
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,7}$/.test(text)) throw new InvalidArgumentError('Expected a whole number above 0.')
  return Number(text)
}

function part(text: string): number {
  const number = Number(text)
  if (!(number >= 0 && number <= 1)) throw new InvalidArgumentError('Expected a number from 0 to 1.')
  return number
}
