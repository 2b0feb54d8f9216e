import type { KnownAttribute } from './known-attributes.ts'
import type { SchemaFault } from './schema-fault.ts'

/** Why Kustomer refuses an attribute, and what to do about it: two sentences without values and without names of keys. */
export interface Advice {
  cause: string
  toDo: string
}

const atSource = 'Correct it at its source.'

/** The advice for any attribute whose names Kustomer defines. */
export const attributeAdvice: Record<SchemaFault, Advice> = {
  wrongType: { cause: 'a value has the wrong type', toDo: atSource },
  unknownName: { cause: 'an attribute of this name does not exist', toDo: 'Leave it out.' },
  tooLong: { cause: 'a text is too long', toDo: 'Shorten it.' },
  tooMany: { cause: 'there are too many values', toDo: 'Send fewer.' },
  badForm: { cause: 'a value does not have the required form', toDo: atSource },
  notListed: { cause: 'a value is not one of those allowed', toDo: atSource },
  repeated: { cause: 'a value is there twice', toDo: 'Send it once.' },
  missing: { cause: 'a required part is missing', toDo: 'Add it.' },
}

const renameProperty = 'Switch `advancedTransform` on, or rename the property.'
const propertyRule = '(`…Num` is a number, `…At` a date-time, any other a text)'

/** The advice for the properties of an event, whose names say their kind. */
export const metaAdvice: Partial<Record<SchemaFault, Advice>> = {
  wrongType: { cause: `a value does not fit its name ${propertyRule}`, toDo: renameProperty },
  unknownName: { cause: 'the name of a property does not have the required form', toDo: renameProperty },
  tooMany: { cause: 'the event has more than 100 properties', toDo: 'Send fewer.' },
  tooLong: { cause: 'the text of a property is too long', toDo: 'Shorten it.' },
}

/** The advice for custom attributes, which an organisation declares. */
export const customAdvice: Partial<Record<SchemaFault, Advice>> = {
  wrongType: {
    cause: 'a value does not fit the kind that its name ends in (`Str`, `Num`, `At`, `Bool`, …)',
    toDo: 'Rename the attribute, or correct the value.',
  },
  unknownName: {
    cause: 'an attribute is not declared in Kustomer',
    toDo: 'Declare it there, or leave it out.',
  },
}

const unclear: Advice = {
  cause: 'an attribute or a value does not fit its schema',
  toDo: '`npm run preview -- event.json --check` shows which.',
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
