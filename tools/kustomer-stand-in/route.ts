import type { RequestKind } from './types.ts'

/** A request's target: what it asks for, and of whom. `value` is percent-decoded: whatever it says, it is only a value. */
export interface Route {
  kind: RequestKind
  /** The customer's id, or the value that is looked up. */
  value?: string
}

const lookUps = [
  ['externalId=', 'findByExternalId'],
  ['email=', 'findByEmail'],
  ['phone=', 'findByPhone'],
] as const

/** Kinds of a request that names a customer by id. */
const byId = new Map<string, RequestKind>([
  ['GET', 'read'],
  ['PUT', 'update'],
  ['PATCH', 'update'],
  ['DELETE', 'delete'],
])

const fixed = new Map<string, RequestKind>([
  ['GET /v1/users/current', 'currentUser'],
  ['POST /v1/customers', 'create'],
  ['POST /v1/tracking/identityEvent', 'record'],
])

/**
 * Finds the route of a method and a path without its query.
 * The path is matched as it came, before any decoding, so that an encoded slash never leads elsewhere.
 * What cannot be decoded is `other`. Never throws.
 */
export function route(method: string, path: string): Route {
  const kind = fixed.get(`${method} ${path}`)
  if (kind !== undefined) return { kind }
  const segment = /^\/v1\/customers\/([^/]+)$/.exec(path)?.[1]
  if (segment === undefined) return { kind: 'other' }
  const lookUp = lookUps.find(([prefix]) => segment.startsWith(prefix))
  if (lookUp === undefined) return named(byId.get(method), segment)
  return named(method === 'GET' ? lookUp[1] : undefined, segment.slice(lookUp[0].length))
}

function named(kind: RequestKind | undefined, encoded: string): Route {
  if (kind === undefined) return { kind: 'other' }
  try {
    return { kind, value: decodeURIComponent(encoded) }
  } catch {
    return { kind: 'other' }
  }
}
