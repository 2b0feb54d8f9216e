import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'
import type { PropertyType, ResourceProperties } from '@aws-cdk/service-spec-types'
import type { Template } from '../../infra/checks/template.ts'

const spec = loadAwsServiceSpecSync()

/**
 * Checks a template against CloudFormation's own resource schemas: every type and property is known, required ones are
 * there, and every value has its type and is one of the allowed ones. Returns a message for each fault. A value that
 * only CloudFormation knows (`Ref`, `Fn::…`) fits every type. The schemas are AWS's, in `@aws-cdk/aws-service-spec`.
 */
export function schemaFaults(template: Template): string[] {
  return Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]) => {
    const [resource] = spec.lookup('resource', 'cloudFormationType', 'equals', Type)
    return resource ? objectFaults(Properties, resource.properties, id) : [`${id}: no resource type ${Type}`]
  })
}

function objectFaults(
  value: Record<string, unknown>,
  properties: ResourceProperties,
  path: string,
): string[] {
  const missing = Object.entries(properties).filter(
    ([name, { required }]) => required && value[name] === undefined,
  )
  return [
    ...missing.map(([name]) => `${path}.${name}: is missing`),
    ...Object.entries(value).flatMap(([name, own]) => {
      const property = properties[name]
      if (!property) return [`${path}.${name}: no such property`]
      // The newest type of a property comes last: an older one was only less exact.
      const types = [property.type, ...(property.previousTypes ?? [])]
      const faults = types.map(type => typeFaults(own, type, `${path}.${name}`))
      return faults.find(found => found.length === 0) ?? faults[0] ?? []
    }),
  ]
}

const primitives: Record<string, (value: unknown) => boolean> = {
  string: value => typeof value === 'string',
  'date-time': value => typeof value === 'string',
  number: value => typeof value === 'number',
  integer: value => Number.isInteger(value),
  boolean: value => typeof value === 'boolean',
  null: value => value === null,
  json: () => true,
}

function typeFaults(value: unknown, type: PropertyType, path: string): string[] {
  if (isIntrinsic(value)) return []
  switch (type.type) {
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((item, index) => typeFaults(item, type.element, `${path}[${index}]`))
        : [`${path}: is no list`]
    case 'map':
      return isObject(value)
        ? Object.entries(value).flatMap(([key, item]) => typeFaults(item, type.element, `${path}.${key}`))
        : [`${path}: is no object`]
    case 'ref':
      return isObject(value)
        ? objectFaults(value, spec.get('typeDefinition', type.reference).properties, path)
        : [`${path}: is no object`]
    case 'tag':
      return isObject(value) && typeof value.Key === 'string' && value.Value !== undefined
        ? []
        : [`${path}: is no tag`]
    case 'union': {
      const faults = type.types.map(one => typeFaults(value, one, path))
      return faults.find(found => found.length === 0) ?? faults[0] ?? []
    }
    default:
      return primitiveFaults(value, type, path)
  }
}

function primitiveFaults(
  value: unknown,
  type: { type: string; allowedValues?: unknown[] },
  path: string,
): string[] {
  if (!primitives[type.type]?.(value)) return [`${path}: is no ${type.type}`]
  const { allowedValues } = type
  return allowedValues && !allowedValues.includes(value)
    ? [`${path}: is none of ${allowedValues.join(', ')}`]
    : []
}

/** A value that only CloudFormation knows. */
function isIntrinsic(value: unknown): boolean {
  if (!isObject(value)) return false
  const [key, ...others] = Object.keys(value)
  return others.length === 0 && key !== undefined && (key === 'Ref' || key.startsWith('Fn::'))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
