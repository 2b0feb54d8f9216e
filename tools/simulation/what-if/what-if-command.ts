import { Option } from '@commander-js/extra-typings'
import type { CommandIo } from '../../terminal/command-io.ts'
import { commandLine } from '../../terminal/command-line.ts'
import { part, whole } from '../../terminal/numbers.ts'
import { safeJson } from '../../terminal/safe-json.ts'
import { progress } from '../../terminal/terminal.ts'
import { answerQuestion } from './answer-question.ts'
import { describeAnswer } from './describe-answer.ts'
import { formatDuration, parseDuration, defaultQuestion as usual } from './question.ts'

/** The command line `what-if`: answers how a load and an outage would end. It writes text, or one object with `--json`. */
export function whatIfCommand(io: CommandIo) {
  const { out, err } = io
  return commandLine(io, {
    name: 'simulate what-if',
    summary: 'Says by simulation how long a load takes, what it costs and what is given up.',
    examples: [
      ['npm run simulate -- what-if', '100,000 events of 10,000 people in a day of outage'],
      ['npm run simulate -- what-if --events 20000 --people 500 --rate 300', 'a smaller plan of Kustomer'],
      ['npm run simulate -- what-if --events 1000000 --people 50000 --outage 24h', 'takes some minutes'],
    ],
    exits: { 0: 'answered', 2: 'it could not run' },
  })
    .option('--events <n>', 'events that arrive', whole(1, 99_999_999), usual.events)
    .option('--people <n>', 'people whom the events are about', whole(1, 99_999_999), usual.people)
    .addOption(duration('--over <duration>', 'the time in which they arrive: 30m, 24h, 2d', usual.overMs))
    .addOption(
      duration(
        '--outage <duration>',
        'how long Kustomer answers 503, from the start on; 0s: not',
        usual.outageMs,
      ),
    )
    .option('--rate <n>', "Kustomer's limit in requests a minute", whole(1, 99_999_999), usual.rate)
    .option('--share <part>', 'the part of that limit that the relay may take, 0 to 1', part, usual.share)
    .option('--concurrency <n>', 'workers at once', whole(1, 9_999), usual.concurrency)
    .option(
      '--identifies <part>',
      'the part of the events that are identifies, 0 to 1',
      part,
      usual.identifies,
    )
    .option('--seed <n>', 'the seed of all random numbers', whole(), usual.seed)
    .option('--json', 'prints one JSON object')
    .action(async ({ over, outage, json, ...options }) => {
      const bar = progress(options.events, 'events', err)
      const answer = await answerQuestion({ ...options, overMs: over, outageMs: outage }, bar.update)
      bar.close()
      out.write(`${json ? safeJson(answer, 'line') : describeAnswer(answer, out)}\n`)
    })
}

/** An option of a duration in milliseconds, whose default is shown in words. */
function duration<const Flags extends string>(flags: Flags, description: string, defaultMs: number) {
  return new Option(flags, description).default(defaultMs, formatDuration(defaultMs)).argParser(parseDuration)
}
