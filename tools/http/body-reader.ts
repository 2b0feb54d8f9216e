import type { IncomingMessage } from 'node:http'
import { createTurns } from './turns.ts'

/** The limits of a body reader. */
export interface BodyLimits {
  /** A larger body is read but not kept. */
  maxBytes: number
  /** Bytes of a body that are always read. Above it the body is large, and waits for its turn. */
  smallBytes: number
  /** Large bodies that are in memory at once, from reading to the end of their use. */
  largeAtOnce: number
  /** Milliseconds in which a large body must arrive, once it is its turn. A slower one loses its connection. */
  largeWithinMs: number
}

/**
 * Reads the body of a request and passes it to `use`; undefined if it is above `maxBytes`. Returns what `use` returns.
 * Rejects if the connection ends before the body is complete.
 */
export type ReadBody = <T>(
  request: IncomingMessage,
  use: (body: Buffer | undefined) => Promise<T>,
) => Promise<T>

/**
 * Creates a reader of request bodies whose memory is bounded, however many requests come at once: small bodies are read
 * as they arrive, large ones in turns.
 */
export function createBodyReader(limits: BodyLimits): ReadBody {
  const turns = createTurns(limits.largeAtOnce)
  return async (request, use) => {
    const chunks: Buffer[] = []
    let [bytes, end] = [0, () => {}]
    try {
      let timer: NodeJS.Timeout | undefined
      for await (const chunk of request) {
        const isFirstLarge = bytes <= limits.smallBytes && bytes + chunk.length > limits.smallBytes
        bytes += chunk.length
        if (isFirstLarge) {
          end = await turns.take()
          timer = setTimeout(() => request.destroy(), limits.largeWithinMs).unref()
        }
        if (bytes <= limits.maxBytes) chunks.push(chunk)
        else chunks.length = 0
      }
      clearTimeout(timer)
      return await use(bytes <= limits.maxBytes ? Buffer.concat(chunks) : undefined)
    } finally {
      end()
    }
  }
}
