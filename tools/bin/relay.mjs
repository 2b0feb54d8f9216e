#!/usr/bin/env node
// The one command for all others: `npx relay dlq list`. It is plain JavaScript, so that any Node.js can run it and say
// in one sentence what is missing, instead of failing on the first line of TypeScript.
import { existsSync, readFileSync } from 'node:fs'

const commands = {
  start: 'runs the relay on this machine',
  demo: "sends a web shop's events to the local relay",
  preview: 'shows the Kustomer call of an event, and whether Kustomer would refuse it',
  dlq: 'lists, shows, replays, exports and deletes dead letters',
  doctor: 'checks whether a relay can deliver',
  console: 'shows a deployed relay in the browser',
  secrets: 'sets and rotates the secrets of a deployed relay',
  simulate: 'runs the relay through simulated days with faults',
}

const [name = '--help', ...args] = process.argv.slice(2)

const packageFile = new URL('../../package.json', import.meta.url)
const neededMajor = 24
const major = Number(process.versions.node.split('.')[0])
const hasModules = existsSync(new URL('../../node_modules/commander/package.json', import.meta.url))
if (!hasModules) fail('The packages are not installed: run npm ci first.')
if (major < neededMajor)
  fail(
    `This needs Node.js ${neededMajor}, and it was started with ${process.versions.node}. npm ci installs the right one: use npm run or npx, not node.`,
  )
if (name === 'help' && Object.hasOwn(commands, args[0] ?? '')) await run(args[0], ['--help'])
else if (['--help', '-h', 'help'].includes(name)) help()
else if (name === '--version' || name === '-V')
  console.log(JSON.parse(readFileSync(packageFile, 'utf8')).version)
else if (Object.hasOwn(commands, name)) await run(name, args)
else {
  const { nearestOf } = await import('../terminal/one-of.ts')
  const names = Object.keys(commands)
  const near = nearestOf(name, names)
  fail(
    `There is no command ${JSON.stringify(name)}. ${near ? `Did you mean ${near}?` : `The commands are ${names.join(', ')}.`}`,
  )
}

async function run(command, given) {
  process.argv.splice(2, process.argv.length - 2, ...given)
  // npm run sets it; without it the help shows this command.
  if (!/^(run|run-script|start)$/.test(process.env.npm_command ?? '')) process.env.RELAY_COMMAND = 'npx relay'
  await import(`./${command}.ts`)
}

function help() {
  const width = Math.max(...Object.keys(commands).map(one => one.length))
  const lines = Object.entries(commands).map(([one, does]) => `  ${one.padEnd(width)}  ${does}`)
  console.log(
    [
      'Usage: npx relay <command> [options]',
      '',
      ...lines,
      '',
      'npx relay <command> --help says more, and npx relay --version which release this is.',
    ].join('\n'),
  )
}

function fail(text) {
  console.error(`error: ${text}`)
  process.exit(2)
}
