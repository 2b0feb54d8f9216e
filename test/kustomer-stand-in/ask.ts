import type { StandInOptions } from '../../tools/kustomer-stand-in/types.ts'
import { kustomerInProcess } from './in-process.ts'

/** A parsed answer. `body` is undefined if it is not JSON. */
export interface Asked {
  status: number
  headers: Headers
  /** Milliseconds that a client would wait. */
  delayMs: number
  text: string
  body: Body | undefined
}

interface Body {
  data: {
    id: string
    type: string
    attributes: Record<string, unknown>
    relationships: { customer: { data: { id: string } } }
    links: { self: string }
  }
  errors: {
    status?: number
    code: string
    source?: { parameter: string }
    title?: string
    message?: string
  }[]
}

/**
 * Creates a stand-in in this process, and functions that send requests to it with the right key.
 * A string as `body` is sent as it is, anything else as JSON. Rejects if the connection would be destroyed.
 */
export function kustomer(options?: StandInOptions) {
  const { standIn, send } = kustomerInProcess(options)
  const ask = async (method: string, path: string, body?: unknown, headers = {}): Promise<Asked> => {
    const usual = { authorization: `Bearer ${standIn.apiKey}`, 'content-type': 'application/json' }
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
    const { response, delayMs } = send(method, path, { ...usual, ...headers }, text)
    if (!response) throw new Error('connection destroyed')
    return {
      ...{ status: response.status, headers: new Headers(response.headers), delayMs },
      ...{ text: response.text, body: read(response.text) },
    }
  }
  return { standIn, ask }
}

function read(text: string): Body | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
