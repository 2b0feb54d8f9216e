import { textsOf } from '../marks.ts'
import { keyOf } from './identifier-history.ts'
import type { Rule, Write } from './judged-write.ts'

/** Milliseconds for which an id that another customer has just lost may still be thought to be taken. */
const recentMs = 60_000
/** Milliseconds for which a look-up in vain may be remembered (2 minutes), and then some. */
const rememberedMs = 180_000

/** A user's new customer has the device's anonymous id too, so that late events of the guest land on it. */
export const missingClaim: Rule = ({ change: { at, after }, identifies, history }) => {
  const has = new Set(textsOf(after, 'externalIds', 'externalId'))
  const missing = identifies.find(({ planned: { role, anonymousId } }) => {
    if (role !== 'user' || anonymousId === undefined || has.has(anonymousId)) return false
    const key = keyOf('externalIds', anonymousId)
    return history.holder(key) === undefined && (history.freedAt(key) ?? 0) < at - recentMs
  })
  return missing ? `created without the free anonymous id ${missing.planned.anonymousId}` : undefined
}

/** Nobody is created who can be found by e-mail, or by an anonymous id that is no other user's. */
export const needlessCreate: Rule = write => {
  const { change, identifies, history } = write
  for (const { planned, content } of identifies) {
    const [email] = content.emails
    const byEmail = email === undefined ? undefined : history.holder(keyOf('emails', email))
    if (email && byEmail && byEmail.since < change.at - rememberedMs && !wasRefused(write, email))
      return `created although the customer ${byEmail.id} has the address`
    if (planned.role !== 'user' || planned.anonymousId === undefined) continue
    const byDevice = history.holder(keyOf('externalIds', planned.anonymousId))
    const own = byDevice?.attributes.externalId
    const isFree = own === undefined || own === planned.anonymousId
    if (byDevice && isFree && byDevice.since < change.at - rememberedMs)
      return `created although the customer ${byDevice.id} has the anonymous id`
  }
  return undefined
}

/** Whether Kustomer refused to look this address up in the same invocation: then that key is skipped. */
function wasRefused({ change: { call }, evidence }: Write, email: string): boolean {
  return evidence.calls.some(
    ({ container, invocation, kind, status, path }) =>
      container === call?.container &&
      invocation === call.invocation &&
      kind === 'findByEmail' &&
      status === 400 &&
      path.includes(encodeURIComponent(email)),
  )
}
