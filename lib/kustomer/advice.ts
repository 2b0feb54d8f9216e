import type { KnownAttribute } from './known-attributes.ts'
import type { SchemaFault } from './schema-fault.ts'

/** Why Kustomer refuses an attribute, and what to do about it: two sentences without values and without names of keys. */
export interface Advice {
  cause: string
  toDo: string
}

/**
 * With `advancedTransform` on, the relay fits every attribute to Kustomer's schemas. Whether it is on is not known here.
 */
const switchOr = (other: string) => `If \`advancedTransform\` is off, switch it on. Otherwise ${other}.`
const atSource = switchOr('correct it at its source')
const shorten = switchOr('shorten it')
const sendFewer = switchOr('send fewer')

/** The advice for any attribute whose names Kustomer defines. */
export const attributeAdvice: Record<SchemaFault, Advice> = {
  wrongType: { cause: 'a value has the wrong type', toDo: atSource },
  unknownName: { cause: 'an attribute of this name does not exist', toDo: 'Leave it out.' },
  tooLong: { cause: 'a text is too long', toDo: shorten },
  tooMany: { cause: 'there are too many values', toDo: sendFewer },
  badForm: { cause: 'a value does not have the required form', toDo: atSource },
  notListed: { cause: 'a value is not one of those allowed', toDo: atSource },
  repeated: { cause: 'a value is there twice', toDo: switchOr('send it once') },
  missing: { cause: 'a required part is missing', toDo: switchOr('add it') },
}

const renameProperty = switchOr('rename the property')
const propertyRule = '(`…Num` a number, `…At` a date-time, else a text)'

/** The advice for the properties of an event, whose names say their kind. */
export const metaAdvice: Partial<Record<SchemaFault, Advice>> = {
  wrongType: { cause: `a value does not fit its name ${propertyRule}`, toDo: renameProperty },
  unknownName: { cause: 'the name of a property does not have the required form', toDo: renameProperty },
  tooMany: { cause: 'the event has more than 100 properties', toDo: sendFewer },
  tooLong: { cause: 'the text of a property is too long', toDo: shorten },
}

/** The advice for custom attributes, which an organisation declares. */
export const customAdvice: Partial<Record<SchemaFault, Advice>> = {
  wrongType: {
    cause: 'a value does not fit the ending of its name (`Str`, `Num`, `At`, …)',
    toDo: switchOr('rename it or correct it'),
  },
  unknownName: {
    cause: 'an attribute is not declared in Kustomer',
    toDo: 'Declare it there, or leave it out.',
  },
}

const unclear: Advice = {
  cause: 'an attribute or a value does not fit its schema',
  toDo: 'The preview of the dead letter shows which.',
}

/** The advice for what Kustomer found wrong. Without a fault it can only name the schema. Never throws. */
export function adviceFor(attributes: readonly KnownAttribute[], fault: SchemaFault | undefined): Advice {
  if (fault === undefined)
    return attributes.includes('custom.*')
      ? { ...unclear, cause: 'an attribute is not declared, or a value does not fit' }
      : unclear
  if (attributes[0] === 'meta.*') return metaAdvice[fault] ?? attributeAdvice[fault]
  if (attributes[0] === 'custom.*') return customAdvice[fault] ?? attributeAdvice[fault]
  return attributeAdvice[fault]
}
