import { readAnswerBody } from '../../lib/kustomer/answer-body.ts'
import type { Transport } from '../../lib/kustomer/transport.ts'
import type { Clock } from '../../lib/runtime/clock.ts'
import type { InProcess } from '../kustomer-stand-in/in-process.ts'

/**
 * A transport to a stand-in in this process. Requests and answers are text, as with the real transport. A
 * delay sleeps on `clock`. `test/kustomer/transport.system.test.ts` tests the real one.
 */
export function inProcessTransport({ send }: InProcess, clock: Clock): Transport {
  return {
    async send({ method, url }, key, body, timeoutMs) {
      const { pathname, search } = new URL(url)
      const type = body && { 'content-type': 'application/json' }
      const headers = { authorization: `Bearer ${key}`, ...type }
      const { response, delayMs } = send(method, pathname + search, headers, body && JSON.stringify(body))
      await clock.sleep(Math.min(delayMs, timeoutMs))
      const isLate = delayMs > timeoutMs
      if (isLate || !response)
        return { kind: 'none', why: isLate ? 'time-out' : 'connection lost', mayBeStored: method !== 'GET' }
      return {
        kind: 'answer',
        status: response.status,
        headers: response.headers,
        ...readAnswerBody(response.text, response.status, response.headers),
      }
    },
    close: () => undefined,
  }
}
