import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets'
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { secrets as policy } from '../policy.ts'
import type { FetchSecret } from './secrets.ts'

/**
 * Creates a function that reads a secret from Secrets Manager and caches it for `secrets.maxAgeSeconds`. A read rejects
 * when the store fails, or when the value cannot be sent in a header.
 */
export function secretStore(id: string, client: SecretsManagerClient): FetchSecret {
  const provider = new SecretsProvider({ awsSdkV3Client: client })
  return async isFresh => {
    const read = await provider.get(id, { maxAge: policy.maxAgeSeconds, forceFetch: isFresh })
    const value = read?.toString().trim()
    if (!value || !/^[\x21-\x7e]+$/.test(value)) throw new TypeError('not a value that a header can carry')
    return value
  }
}
