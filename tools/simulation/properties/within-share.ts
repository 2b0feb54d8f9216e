import type { Evidence, Property } from './evidence.ts'

const windowMs = 60_000
/** What one limiter for all containers may pass the share by, and requests that a container may have had granted. */
const slack = { part: 0.02, frozenRequests: 10 }

/** Property 5: counted as the requests leave the relay, in every minute that begins with a request. */
export const withinShare: Property = {
  name: 'within share',
  sentence:
    'In any 60 s all containers together make no more requests than the share of the rate limit and 2 % of it ' +
    '(with a limiter in each container: and one for each container that worked then; a container that the table does ' +
    'not answer takes its own part).',
  find(evidence) {
    const { calls, scenario } = evidence
    const share = scenario.requestsPerMinute * scenario.share
    const times = calls.map(({ sentAt }) => sentAt)
    let [end, worst] = [0, { over: 0, text: '' }]
    for (let start = 0; start < times.length; start++) {
      const from = times[start] ?? 0
      while (end < times.length && (times[end] ?? 0) < from + windowMs) end++
      const count = end - start
      if (count <= share) continue
      const allowed = Math.floor(share) + allowance(evidence, start, end, share)
      if (count - allowed > worst.over)
        worst = { over: count - allowed, text: `${count} requests in a minute, ${allowed} are allowed` }
    }
    return worst.over > 0 ? [worst.text] : []
  },
}

function allowance(evidence: Evidence, start: number, end: number, share: number): number {
  const { calls, freezes, design } = evidence
  const from = calls[start]?.sentAt ?? 0
  const frozen = freezes.filter(({ at, ms }) => at < from + windowMs && at + ms >= from).length
  const thawed = frozen * slack.frozenRequests
  if (design.isLimiterShared)
    return Math.max(1, Math.ceil(share * slack.part)) + thawed + partsOfThoseAlone(evidence, from, share)
  return new Set(calls.slice(start, end).map(({ container }) => container)).size + thawed
}

/** What the containers may add that the table did not answer in this minute or shortly before. */
function partsOfThoseAlone({ tableFailures, scenario }: Evidence, from: number, share: number): number {
  const failures = tableFailures.filter(
    ({ of, at }) => of === 'rate' && at > from - windowMs && at < from + windowMs,
  )
  const alone = new Set(failures.map(({ container }) => container))
  return alone.size * Math.ceil(share / scenario.workerConcurrency)
}
