import { setup } from '../state/setup.ts'

/** Returns the command that posts an event to the webhook. The secret stays a variable of the shell. */
export function curlOf(event: unknown): string {
  const body = JSON.stringify(event).replaceAll("'", "'\\''")
  return `curl ${setup().webhookUrl} \\\n  -H "authorization: Bearer $WEBHOOK_SECRET" -H 'content-type: application/json' \\\n  -d '${body}'`
}
