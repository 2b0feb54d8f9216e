import type { RequestKind } from './types.ts'

/** The target of a request. `value` is percent-decoded and never read as a part of the path. */
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

/** The kind of a request for a customer id, by its method. */
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
 * Finds the route of a method and a path. The path has no query.
 * The path is matched before it is decoded, so an encoded slash cannot lead to another route.
 * A value that cannot be decoded has the kind `other`. Never throws.
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
