import { type Check, dig, resourcesOf } from './template.ts'

/** What a function's code reads: its own settings, those among them that need not be set, and what its libraries read. */
export interface Reads {
  own: string[]
  optional: string[]
  libraries: string[]
}

/** Every variable that a function reads is set, and every one that is set is read; by service name. */
export function environmentIsRead(reads: Record<string, Reads>): Check {
  return template =>
    resourcesOf(template, 'AWS::Lambda::Function').flatMap(({ id, properties }) => {
      const variables = Object(dig(properties, 'Environment', 'Variables'))
      const read = reads[variables.POWERTOOLS_SERVICE_NAME]
      if (!read) return [`${id}: a function whose code is not known`]
      const set = Object.keys(variables)
      const all = [...read.own, ...read.libraries]
      return [
        ...all
          .filter(name => !set.includes(name) && !read.optional.includes(name))
          .map(name => `${id}: ${name} is read but not set`),
        ...set.filter(name => !all.includes(name)).map(name => `${id}: ${name} is set but not read`),
      ]
    })
}
