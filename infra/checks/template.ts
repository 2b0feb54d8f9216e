/** A synthesized CloudFormation template: the parts that the checks read. */
export interface Template {
  Resources: Record<string, Resource>
  Outputs?: Record<string, unknown>
}

/** One resource of a template. */
export interface Resource {
  Type: string
  DeletionPolicy?: string
  Properties?: Record<string, unknown>
}

/** Checks one invariant of a template. Returns a message for each place where it is broken. Pure. */
export type Check = (template: Template) => string[]

/** The resources of a type, with their logical ids. */
export function resourcesOf(template: Template, type: string) {
  return Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, { Properties = {} }]) => ({ id, properties: Properties }))
}

/** The value at a path of own keys, or undefined. The template's shape is not trusted. */
export function dig(value: unknown, ...path: (string | number)[]): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return dig(Object.entries(value).find(([name]) => name === String(key))?.[1], ...rest)
}

/**
 * The value as a list: undefined is an empty one, another value a list of one. CloudFormation writes a list of one so.
 */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value]
}

/** The resource that a `Ref` or a `Fn::GetAtt` refers to, if it is in this template. */
export function pointed(template: Template, value: unknown) {
  const id = dig(value, 'Ref') ?? dig(value, 'Fn::GetAtt', 0)
  const resource = typeof id === 'string' ? template.Resources[id] : undefined
  return resource && { id: String(id), type: resource.Type, properties: resource.Properties ?? {} }
}

/** The text of a value: joins are resolved, and a reference becomes `<…>`, since only AWS knows its value. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value
  const parts = dig(value, 'Fn::Join', 1)
  if (parts !== undefined)
    return list(parts)
      .map(text)
      .join(String(dig(value, 'Fn::Join', 0)))
  return '<…>'
}
