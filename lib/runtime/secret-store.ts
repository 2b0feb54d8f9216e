import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets'
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { secrets as policy } from '../policy.ts'
import type { Clock } from './clock.ts'
import type { FetchSecret } from './secrets.ts'

/**
 * Reads stages of one secret from Secrets Manager, cached for `secrets.maxAgeSeconds`.
 * `current` rejects where there is no value that could stand in a header; `previous` gives undefined where the stage
 * does not exist, and remembers that as long. Each stage has a cache of its own: Powertools' does not tell them apart.
 */
export function secretStore(id: string, client: SecretsManagerClient, clock: Pick<Clock, 'now'>) {
  const stage = (name: 'AWSCURRENT' | 'AWSPREVIOUS'): FetchSecret<string | undefined> => {
    const provider = new SecretsProvider({ awsSdkV3Client: client })
    return async isFresh => {
      const options = {
        maxAge: policy.maxAgeSeconds,
        forceFetch: isFresh,
        sdkOptions: { VersionStage: name },
      }
      return (await provider.get(id, options))?.toString().trim()
    }
  }
  const [readCurrent, readPrevious] = [stage('AWSCURRENT'), stage('AWSPREVIOUS')]
  const current: FetchSecret = async isFresh => {
    const value = await readCurrent(isFresh)
    if (!value || !/^[\x21-\x7e]+$/.test(value)) throw new TypeError('not a value that a header can carry')
    return value
  }
  let missingUntilMs = 0
  const previous: FetchSecret<string | undefined> = async isFresh => {
    if (!isFresh && clock.now() < missingUntilMs) return undefined
    try {
      const value = await readPrevious(isFresh)
      missingUntilMs = 0
      return value
    } catch (error) {
      if (!isMissing(error)) throw error
      missingUntilMs = clock.now() + policy.maxAgeSeconds * 1000
      return undefined
    }
  }
  return { current, previous }
}

/** Powertools wraps the SDK's error; the name of the cause tells a stage without a value from a store that is down. */
function isMissing(error: unknown): boolean {
  return error instanceof Error && (error.name === 'ResourceNotFoundException' || isMissing(error.cause))
}
