import { type Settings, transform } from '../../lib/index.ts'
import { openEnvelope } from '../../lib/queue/envelope.ts'
import type { Queues } from '../dead-letters/queues.ts'
import { withDeadLetters } from '../dead-letters/scan.ts'
import { askPath, type KustomerAccess } from './ask-kustomer.ts'
import { type Finding, findingAbout } from './finding.ts'

const finding = findingAbout('custom-attributes')
/** The endings of the names of custom attributes. */
const ending = /(Str|Txt|Num|At|Bool|Url|Id|Tree)s?$/
/** Names that are listed. */
const maxNamed = 20

/**
 * Compares the custom attributes in the calls of dead letters with those that Kustomer's metadata declares. The key may
 * lack the role for it (`org.permission.metadata.read`); the relay does not need it.
 */
export async function examineCustomNames(
  access: KustomerAccess,
  queues: Queues,
  settings: Partial<Settings>,
): Promise<Finding> {
  const used = await withDeadLetters(queues, {}, async ({ deadLetters }) =>
    deadLetters.flatMap(({ body }) => customNamesIn(body, settings)),
  )
  if (used.length === 0) return finding.fine('no dead letter has any')
  const answer = await askPath(access, 'GET', '/v1/metadata/customer')
  const declared = answer?.status === 200 ? namesIn(answer.body) : undefined
  if (!declared || declared.size === 0) {
    const why = answer ? `Kustomer answered ${answer.status}` : 'no answer'
    return finding.unknown(
      `Kustomer's metadata cannot be read (${why})`,
      'Only this check needs it, with the role org.permission.metadata.read. The relay works without.',
    )
  }
  const unknown = [...new Set(used)].filter(one => !declared.has(one))
  if (unknown.length === 0) return finding.fine('Kustomer knows all of them')
  const more = unknown.length > maxNamed ? ` and ${unknown.length - maxNamed} more` : ''
  return finding.fault(
    `not declared in Kustomer: ${unknown.slice(0, maxNamed).join(', ')}${more}`,
    'Declare them in Kustomer, or leave them out of the events.',
  )
}

function customNamesIn(body: string, settings: Partial<Settings>): string[] {
  const opened = openEnvelope(body)
  if (opened.kind !== 'envelope') return []
  try {
    const call = transform(opened.envelope.event, settings)
    return call.kind === 'upsertCustomer' ? Object.keys(call.customer.custom ?? {}) : []
  } catch {
    return []
  }
}

/** All keys and names in the metadata that end as those of custom attributes do: its exact shape is not documented. */
function namesIn(body: unknown): Set<string> {
  const names = new Set<string>()
  const open: unknown[] = [body]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue
    for (const [key, value] of Object.entries(next)) {
      if (ending.test(key)) names.add(key)
      if (key === 'name' && typeof value === 'string' && ending.test(value)) names.add(value)
      open.push(value)
    }
  }
  return names
}
