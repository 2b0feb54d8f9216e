import * as v from 'valibot'
import { json, named, readEnvironment } from '../runtime/environment.ts'

const ingestSchema = v.object({
  QUEUE_URL: named,
  DEAD_LETTER_QUEUE_URL: named,
  WEBHOOK_SECRET_ID: named,
  PERSON_SALT: named,
  ALLOWED_SOURCE_IPS: v.optional(v.pipe(json, v.array(v.string()))),
})

/**
 * Reads the ingest function's settings from its environment. A blank variable counts as unset.
 * @throws ConfigError with every fault at once.
 */
export function readIngestConfig(env: NodeJS.ProcessEnv) {
  const e = readEnvironment(ingestSchema, env)
  return {
    queueUrl: e.QUEUE_URL,
    deadLetterQueueUrl: e.DEAD_LETTER_QUEUE_URL,
    secretId: e.WEBHOOK_SECRET_ID,
    personSalt: e.PERSON_SALT,
    allowedSourceIps: e.ALLOWED_SOURCE_IPS,
  }
}
