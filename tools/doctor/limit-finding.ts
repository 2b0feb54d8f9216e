import { type Finding, findingAbout } from './finding.ts'
import type { Subject } from './subject.ts'

const finding = findingAbout('rate-limit')

/** Compares the limit that Kustomer's answer told (requests per minute) with the one that the relay is set to. */
export function limitFinding(
  told: unknown,
  { requestsPerMinute: configured, stack }: Pick<Subject, 'requestsPerMinute' | 'stack'>,
): Finding {
  const setting = stack ? 'rate.requestsPerMinute' : 'KUSTOMER_REQUESTS_PER_MINUTE'
  const limit = Number(told)
  if (!(limit > 0))
    return finding.unknown(
      'Kustomer did not tell how many requests it allows',
      `Compare ${setting} with your plan.`,
    )
  const allowed = `Kustomer allows ${inWords(limit)} requests a minute`
  if (configured === undefined)
    return finding.unknown(
      `${allowed}, and what the relay is set to is not known`,
      stack ? 'Deploy the current version.' : 'Start the relay again with this version: npm start',
    )
  if (limit === configured) return finding.fine(`${allowed}, and the relay is set to the same`)
  const both = `${allowed}, and the relay is set to ${inWords(configured)}`
  return limit < configured
    ? finding.fault(`${both}. It goes by the lower number`, `Set ${setting} to ${limit}.`)
    : finding.fine(`${both}. It could be faster, with ${setting} at ${limit}`)
}

function inWords(n: number): string {
  return n.toLocaleString('en')
}
