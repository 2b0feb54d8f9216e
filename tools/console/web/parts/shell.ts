import { setup } from '../state/setup.ts'

/** Characters of one argument that every system takes; Linux takes 131,072 bytes. */
const maxArgument = 30_000

/** Returns a text as one word of a POSIX shell, which takes it as it is. */
export function shellWord(text: string): string {
  return /^[\w.,:/@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** Returns the `npx relay dlq` command about one dead letter, by its id or by the `messageId` of its event. */
export function dlqCommand(verb: 'show' | 'replay', id: string): string {
  const { target } = setup()
  // Behind `--`, an id that begins with a hyphen is no option.
  const rest = id.startsWith('-') ? `${target} -- ${shellWord(id)}` : `${shellWord(id)} ${target}`
  return `npx relay dlq ${verb} ${rest}`
}

/** Returns the command that posts an event to the webhook. The secret stays a variable of the shell. */
export function curlOf(event: unknown): string {
  const body = JSON.stringify(event)
  const command = `curl ${setup().webhookUrl} \\\n  -H "authorization: Bearer $WEBHOOK_SECRET" -H 'content-type: application/json' \\\n  `
  if (body.length <= maxArgument) return `${command}-d '${body.replaceAll("'", "'\\''")}'`
  // Too long for an argument. JSON is one line, so it cannot hold the line that ends it.
  return `${command}--data-binary @- <<'EVENT'\n${body}\nEVENT`
}
