import type { PeopleStore, StoredPerson } from '../../../lib/people/person.ts'
import { groupIdOf } from '../../../lib/queue/envelope.ts'
import { type HttpResponse, json, messageResponse } from '../../http/response.ts'
import type { PersonRecord, PersonState } from './person-shapes.ts'

/**
 * Returns what the relay remembers about the person with this `externalId` or message `group`, as a response: 200 with a
 * `PersonState`, also when nothing is remembered; 400 without an id; 503 when the table does not answer. Never rejects.
 */
export async function personResponse(
  people: Pick<PeopleStore, 'load'>,
  salt: string,
  query: URLSearchParams,
): Promise<HttpResponse> {
  const externalId = query.get('externalId') ?? ''
  const given = query.get('group') ?? ''
  if (externalId + given === '') return messageResponse(400, 'externalId is missing')
  const group = externalId === '' ? given : groupIdOf(externalId, salt)
  try {
    const stored = (await people.load([group])).get(group)
    const state: PersonState = { group, ...(stored && { record: recordOf(stored) }) }
    return json(200, state)
  } catch {
    return messageResponse(503, 'The table of the person records does not answer')
  }
}

function recordOf({ person, version, expiresAtMs }: StoredPerson): PersonRecord {
  const { addresses, refused, delivered, ...rest } = person
  return {
    ...rest,
    addresses: addresses.length,
    refused: refused.length,
    delivered: delivered.toReversed(),
    version,
    ...(expiresAtMs !== undefined && { expiresAtMs }),
  }
}
