/**
 * Returns the options that npm kept for itself: `npm run dlq list --local` passes on `list` alone, and npm sets
 * `npm_config_local` in the environment. `names` are the long options of the command, such as `--dry-run`.
 */
export function swallowedFlags(
  names: Iterable<string>,
  argv: readonly string[],
  env: Record<string, string | undefined>,
): string[] {
  if (!isRunByNpm(env)) return []
  return [...new Set(names)].filter(name => {
    const variable = `npm_config_${name.replace(/^--/, '').replaceAll('-', '_')}`
    const isPassed = argv.some(argument => argument === name || argument.startsWith(`${name}=`))
    return !isPassed && Boolean(env[variable])
  })
}

/** Whether `npm run` or `npm start` has started this process; the name of the command differs between npm's versions. */
export function isRunByNpm(env: Record<string, string | undefined>): boolean {
  return /^(run|run-script|start)$/.test(env.npm_command ?? '')
}
