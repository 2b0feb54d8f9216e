import type { Main } from './in-process.ts'

/** A command: its name in `npm run`, its main function, and its subcommands. */
export interface TestedCommand {
  name: string
  main: Main
  subcommands?: string[]
}

/** The folders of the commands' main functions by the names of their scripts. */
const modules: Record<string, () => Promise<{ main: Main }>> = {
  bench: () => import('../../tools/bench/main.ts'),
  console: () => import('../../tools/console/stack/main.ts'),
  'console:load': () => import('../../tools/console-load/main.ts'),
  demo: () => import('../../tools/demo/main.ts'),
  dlq: () => import('../../tools/dlq/main.ts'),
  docs: () => import('../../tools/docs/main.ts'),
  doctor: () => import('../../tools/doctor/main.ts'),
  fuzz: () => import('../../tools/fuzz/main.ts'),
  mutate: () => import('../../tools/mutation/main.ts'),
  preview: () => import('../../tools/preview/main.ts'),
  release: () => import('../../tools/release/main.ts'),
  secrets: () => import('../../tools/secrets/main.ts'),
  simulate: () => import('../../tools/simulation/main.ts'),
  'simulate:faults': () => import('../../tools/deliberate-faults/main.ts'),
  'smoke:deploy': () => import('../../tools/smoke/deploy.ts'),
  'smoke:runtime': () => import('../../tools/smoke/runtime.ts'),
  'smoke:start': () => import('../../tools/smoke/start.ts'),
  soak: () => import('../../tools/soak/main.ts'),
  'soak:load': () => import('../../tools/soak-load/main.ts'),
  start: () => import('../../tools/local-relay/main.ts'),
}

const subcommands: Record<string, string[]> = {
  dlq: ['list', 'show', 'replay', 'purge', 'export', 'import', 'erase'],
  secrets: ['webhook', 'kustomer-key'],
  simulate: ['what-if'],
}

/** Loads every command. */
export async function allCommands(): Promise<TestedCommand[]> {
  return Promise.all(
    Object.entries(modules).map(async ([name, load]) => ({
      name,
      main: (await load()).main,
      ...(subcommands[name] && { subcommands: subcommands[name] }),
    })),
  )
}
