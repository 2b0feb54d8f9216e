import { type Envelope, openEnvelope } from '../../lib/queue/envelope.ts'

/** Returns the envelope in the body of a queue message. @throws Error if the body has none. */
export function envelopeIn(body: string): Envelope {
  const opened = openEnvelope(body)
  if (opened.kind !== 'envelope') throw new Error(`the body is ${opened.kind}`)
  return opened.envelope
}
