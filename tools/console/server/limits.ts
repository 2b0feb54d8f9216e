import type { Setup } from './shapes.ts'

/** The limits of a relay, as its functions read them. */
export interface Limits {
  requestsPerMinute: number
  share: number
  workerConcurrency: number
  backoffBaseSeconds: number
  backoffMaxSeconds: number
  giveUpAfterSeconds: number
  resendUnchangedAfterHours: number
}

/** Returns the limits in force, in words. */
export function limitsOf(limits: Limits): Setup['limits'] {
  const { requestsPerMinute, share, workerConcurrency, resendUnchangedAfterHours } = limits
  const own = Math.floor(requestsPerMinute * share).toLocaleString('en')
  return [
    {
      name: 'Rate limit',
      value: `${requestsPerMinute.toLocaleString('en')} requests a minute`,
      what: `of the whole organisation; the relay uses at most ${own}`,
    },
    { name: 'Workers', value: String(workerConcurrency), what: 'at the same time' },
    {
      name: 'Retry delay',
      value: `${limits.backoffBaseSeconds} to ${limits.backoffMaxSeconds} s`,
      what: 'it doubles with every failed attempt',
    },
    {
      name: 'Given up after',
      value: `${Math.round(limits.giveUpAfterSeconds / 360) / 10} h`,
      what: 'from the first failed attempt, if Kustomer does not answer',
    },
    {
      name: 'Unchanged identify',
      value:
        resendUnchangedAfterHours === 0 ? 'always sent' : `sent again after ${resendUnchangedAfterHours} h`,
      what: 'an identify that brings nothing new',
    },
  ]
}
