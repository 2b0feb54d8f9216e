import { randomBytes } from 'node:crypto'

/** Credentials of the local AWS services of one run. */
export interface LocalCredentials {
  accessKeyId: string
  secretAccessKey: string
}

/** The region of the local services. Its name appears in ARNs. */
export const localRegion = 'us-east-1'

/**
 * Makes credentials that cannot be guessed. The local services refuse requests with another access key, so that no web
 * page and no other user of this machine can use them.
 */
export function newCredentials(): LocalCredentials {
  return {
    accessKeyId: `LOCAL${randomBytes(16).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString('base64url'),
  }
}

/** Returns the options of an AWS client for a local service. */
export function localClient(credentials: LocalCredentials, endpoint: string) {
  // A copy: the client adds to it.
  return { region: localRegion, credentials: { ...credentials }, endpoint }
}
