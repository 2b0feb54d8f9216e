import * as v from 'valibot'
import { checked } from '../settings.ts'

/** A variable whose text is not blank. */
export const named = v.pipe(v.string(), v.trim(), v.nonEmpty('text that is not blank'))

/** A variable with a decimal number from `min` to `max`. */
export const number = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.check(text => /^\d+(\.\d+)?$/.test(text.trim()), 'number'),
    v.transform(Number),
    v.check(n => n >= min && n <= max, `number from ${min} to ${max}`),
  )

/** A variable that is `true` or `false`. */
export const flag = v.pipe(
  v.string(),
  v.check(text => text === 'true' || text === 'false', 'true or false'),
  v.transform(text => text === 'true'),
)

/** A variable with JSON. */
export const json = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    try {
      return JSON.parse(dataset.value) as unknown
    } catch {
      addIssue({ message: 'JSON' })
      return NEVER
    }
  }),
)

/**
 * Reads a function's environment variables by a schema. A blank variable counts as unset.
 * @throws ConfigError with every fault at once.
 */
export function readEnvironment<const S extends v.GenericSchema>(
  schema: S,
  env: NodeJS.ProcessEnv,
): v.InferOutput<S> {
  return checked(schema, withoutBlanks(env))
}

function withoutBlanks(env: NodeJS.ProcessEnv) {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
}
