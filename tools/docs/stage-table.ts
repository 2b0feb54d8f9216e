import * as v from 'valibot'
import { stageKeys } from '../../infra/stage-config/stage-schema.ts'

/** One key of a stage. `name` has the path, like `rate.share`. */
interface StageKey {
  name: string
  /** What a value must be, in words. */
  expected: string
  /** Undefined for a key that has none. */
  fallback: unknown
  description: string
}

/** Returns the table of all keys of a stage, from the schema that reads them. */
export function stageTable(): string {
  const lines = stageKeyList().map(
    ({ name, expected, fallback, description }) =>
      `| \`${name}\` | ${expected} | ${defaultOf(fallback)} | ${description} |`,
  )
  return ['| key | value | default | what it is for |', '|---|---|---|---|', ...lines].join('\n')
}

/**
 * Returns all keys of a stage in the order of the schema. A key that is an object is followed by its own keys, except
 * the mapping settings, which the README lists.
 * @throws Error if a key has no description.
 */
export function stageKeyList(): StageKey[] {
  return keysIn(stageKeys, '')
}

function keysIn(schema: unknown, prefix: string): StageKey[] {
  return Object.entries(entriesOf(schema) ?? {}).flatMap(([key, field]) => {
    const name = prefix + key
    const description = v.getDescription(field)
    if (!description) throw new Error(`${name} has no description`)
    const wrapped = valueAt(field, 'wrapped') ?? field
    const own = { name, expected: expectedOf(wrapped), fallback: valueAt(field, 'default'), description }
    // The README has a table of the mapping settings.
    return key === 'settings' ? [own] : [own, ...keysIn(wrapped, `${name}.`)]
  })
}

/** The keys of an object's schema, which may be a step of a pipe; undefined for another schema. */
function entriesOf(schema: unknown): Record<string, v.GenericSchema> | undefined {
  const own = valueAt(schema, 'entries')
  if (own) return own as Record<string, v.GenericSchema>
  const steps = valueAt(schema, 'pipe')
  return Array.isArray(steps)
    ? steps.map(step => (valueAt(step, 'pipe') === steps ? undefined : entriesOf(step))).find(Boolean)
    : undefined
}

function expectedOf(schema: unknown): string {
  const message = valueAt(schema, 'message')
  return entriesOf(schema) ? 'an object' : String(message ?? 'a value')
}

function defaultOf(fallback: unknown): string {
  return fallback === undefined ? '–' : `\`${JSON.stringify(fallback)}\``
}

function valueAt(of: unknown, key: string): unknown {
  return typeof of === 'object' && of !== null
    ? Object.entries(of).find(([name]) => name === key)?.[1]
    : undefined
}
