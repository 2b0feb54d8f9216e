import { type Envelope, openEnvelope } from '../../lib/queue/envelope.ts'

/** The envelope in the body of a queue message. @throws Error where the body holds none. */
export function envelopeIn(body: string): Envelope {
  const opened = openEnvelope(body)
  if (opened.kind !== 'envelope') throw new Error(`the body is ${opened.kind}`)
  return opened.envelope
}
