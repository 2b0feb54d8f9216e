import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { secrets as policy } from '../policy.ts'
import type { Clock } from './clock.ts'

/** Reads the currently accepted values of a secret. Rejects when the store fails. Nothing is cached. */
export type ReadSecrets = () => Promise<string[]>

/**
 * Creates a reader of a secret's current value and, for `secrets.previousSeconds` after a rotation, of the previous
 * one. The time of a rotation is the `CreatedDate` of the current version. A leaked value is useless a day after it was
 * replaced. Each call reads the store once, or twice during that day. Source of the stages and of `CreatedDate`:
 * docs.aws.amazon.com, Secrets Manager API, `GetSecretValue`, read 2026-11-26.
 */
export function acceptedSecrets(
  id: string,
  client: Pick<SecretsManagerClient, 'send'>,
  clock: Pick<Clock, 'now'>,
): ReadSecrets {
  const read = (stage: 'AWSCURRENT' | 'AWSPREVIOUS') =>
    client.send(new GetSecretValueCommand({ SecretId: id, VersionStage: stage }))
  return async () => {
    const { SecretString = '', CreatedDate } = await read('AWSCURRENT')
    const current = SecretString.trim()
    if (current === '') throw new TypeError('the secret has no value')
    const rotatedMs = CreatedDate?.getTime() ?? clock.now()
    if (clock.now() - rotatedMs > policy.previousSeconds * 1000) return [current]
    const previous = await read('AWSPREVIOUS').catch(undefinedIfMissing)
    return [current, previous?.SecretString?.trim() ?? ''].filter(Boolean)
  }
}

/** A secret that was never changed has no previous version; any other error is a failure of the store. */
function undefinedIfMissing(error: unknown): undefined {
  if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined
  throw error
}
