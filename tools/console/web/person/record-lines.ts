import type { PersonRecord } from '../../server/person-shapes.ts'
import { clock } from '../parts/format.ts'
import { hrefTo } from '../state/route.ts'
import { setup } from '../state/setup.ts'

/** One line of a person's record: a name, its value, and what that means. `href` leads on from the value. */
export interface RecordLine {
  name: string
  text: string
  what: string
  href?: string
}

const roles = {
  user: 'a user, with a userId',
  anonymous: 'an anonymous visitor, with an anonymousId',
}

/** Returns what the relay remembers about a person in words. An unknown part has no line. */
export function recordLines(record: PersonRecord): RecordLine[] {
  const { customerId, role, identify, newestIdentifyMs, expiresAtMs } = record
  const { isSimulated } = setup().kustomer
  const lines: (RecordLine | false | undefined)[] = [
    customerId !== undefined && {
      name: 'Kustomer id',
      text: customerId,
      what: isSimulated ? 'opens the customer in Kustomer (simulated)' : 'the id of the customer in Kustomer',
      ...(isSimulated && { href: hrefTo('kustomer', { open: customerId }) }),
    },
    role && { name: 'Who it is', text: roles[role], what: 'as RudderStack calls this person' },
    addressesLine(record),
    identify && {
      name: 'Last identify sent',
      text: clock(identify.deliveredAtMs),
      what: 'one that brings nothing new is not sent again for some time',
    },
    newestIdentifyMs !== undefined && {
      name: 'Newest identify',
      text: clock(newestIdentifyMs),
      what: 'the time in the event; an older one that comes late does not replace newer values',
    },
    endsLine(record),
    waitingLine(record),
    expiresAtMs !== undefined && {
      name: 'Forgotten after',
      text: clock(expiresAtMs),
      what: 'if no event comes before',
    },
  ]
  return lines.filter(line => line !== false && line !== undefined)
}

function addressesLine({ addresses, refused }: PersonRecord): RecordLine {
  const left = refused > 0 ? `, ${refused} left out since another customer has it or there is no room` : ''
  return {
    name: 'E-mails and phone numbers',
    text: `${addresses} seen on the customer${left}`,
    what: 'the relay keeps no address, only a hash of each',
  }
}

/** The record keeps an id for each delivery and for each dead letter, and cannot tell one from the other. */
function endsLine({ delivered }: PersonRecord): RecordLine {
  const latest = delivered[0] ? `, the latest ${clock(delivered[0].atMs)}` : ''
  return {
    name: 'Results noted',
    text: `${delivered.length}${latest}`,
    what: 'deliveries and dead letters of the last 7 days, 128 at most; an event that was replayed has several',
  }
}

function waitingLine({ waiting }: PersonRecord): RecordLine | undefined {
  if (!waiting) return undefined
  const failed = Object.entries(waiting.counts).map(([name, times]) => `${times} × ${name}`)
  return {
    name: 'Waiting',
    text: `since ${clock(waiting.firstAttemptMs)}: ${failed.join(', ') || 'no failed attempt'}`,
    what: 'the first event that could not be delivered yet; later events of this person wait behind it',
  }
}
