import { afterEach } from 'vitest'
import { startKustomerStandIn } from '../../tools/kustomer-stand-in/server.ts'
import type { StandIn, StandInOptions } from '../../tools/kustomer-stand-in/types.ts'

/** An answer as read: `body` is undefined where it is no JSON. */
export interface Asked {
  status: number
  headers: Headers
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

const running: StandIn[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map(standIn => standIn.close()))
})

/**
 * Starts a stand-in that ends with the test, and what makes requests of it with the right key.
 * A text as `body` is sent to the letter, anything else as JSON.
 */
export async function kustomer(options?: StandInOptions) {
  const standIn = await startKustomerStandIn(options)
  running.push(standIn)
  const ask = async (method: string, path: string, body?: unknown, headers = {}): Promise<Asked> => {
    const response = await fetch(`${standIn.url}${path}`, {
      method,
      redirect: 'manual',
      headers: { authorization: `Bearer ${standIn.apiKey}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, body: read(text) }
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
