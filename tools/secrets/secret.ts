import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'

/** A secret of a deployed relay. */
export interface Secret {
  /** When its current value was set, in epoch milliseconds; undefined if it never was. */
  setAtMs(): Promise<number | undefined>
  set(value: string): Promise<void>
  /** Sets the current value once more. Then it is the previous one too, and the one before is refused. */
  forgetPrevious(): Promise<void>
}

/** Opens a secret by its name. Rejects as the SDK does. */
export function openSecret(client: Pick<SecretsManagerClient, 'send'>, id: string): Secret {
  const set = async (SecretString: string) => {
    await client.send(new PutSecretValueCommand({ SecretId: id, SecretString }))
  }
  const current = () => client.send(new GetSecretValueCommand({ SecretId: id }))
  return {
    set,
    async setAtMs() {
      const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId: id }))
      const isSet = Object.values(VersionIdsToStages).some(stages => stages.includes('AWSCURRENT'))
      return isSet ? (await current()).CreatedDate?.getTime() : undefined
    },
    async forgetPrevious() {
      const { SecretString } = await current()
      if (!SecretString) throw new Error(`${id} has no value yet`)
      await set(SecretString)
    },
  }
}
