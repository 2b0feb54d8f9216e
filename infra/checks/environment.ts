import { type Check, dig, resourcesOf } from './template.ts'

/** The variables that a function reads: its own settings, the optional ones among them, and those of its libraries. */
export interface Reads {
  own: string[]
  optional: string[]
  libraries: string[]
}

/** Checks that every variable that a function reads is set, and that every variable that is set is read. */
export function environmentIsRead(reads: Record<string, Reads>): Check {
  return template =>
    resourcesOf(template, 'AWS::Lambda::Function').flatMap(({ id, properties }) => {
      const variables = Object(dig(properties, 'Environment', 'Variables'))
      const read = reads[variables.POWERTOOLS_SERVICE_NAME]
      if (!read) return [`${id}: an unknown function`]
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
