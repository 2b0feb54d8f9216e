/** What a command's `--help` shows beside its arguments and options. */
export interface HelpText {
  /** The name of its script in `package.json`, with the subcommand if it is one of its own: `simulate what-if`. */
  name: string
  /** `[command, what it does]`, each command as `npm run` takes it. */
  examples: [string, string][]
  /** The environment variables that it reads: `[name, what it is, with unit and default]`. */
  variables?: [string, string][]
  /** What each exit code means. */
  exits: Record<number, string>
}

/**
 * Returns the end of a help text: variables, examples and exit codes. `relay` is `npx relay` where the command was
 * started so: the examples are shown in that form. With `subcommand`, only its examples are shown.
 */
export function helpText(
  { name, examples, variables = [], exits }: HelpText,
  relay: string | undefined,
  { subcommand, hasJson }: { subcommand?: string | undefined; hasJson: boolean },
): string {
  const shown = examples.filter(([text]) => subcommand === undefined || text.split(' ').includes(subcommand))
  return [
    ...section('Environment:', variables),
    ...section(
      'Examples:',
      shown.map(([text, does]) => [relay ? withRelay(text, name, relay) : text, does]),
    ),
    ...(hasJson ? ['', 'With --json, standard output holds JSON alone. Errors go to standard error.'] : []),
    ...section('Exit codes:', Object.entries(exits)),
  ].join('\n')
}

function section(title: string, rows: [string, string][]): string[] {
  if (rows.length === 0) return []
  const width = Math.max(...rows.map(([first]) => first.length))
  return ['', title, ...rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`)]
}

function withRelay(example: string, name: string, relay: string): string {
  const [script = ''] = name.split(' ')
  return example.replace(new RegExp(`npm (run (-s )?)?${script}( --)?(?= |$)`), `${relay} ${script}`)
}
