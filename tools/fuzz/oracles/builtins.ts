import { must } from '../target.ts'

const objects = [Object.prototype, Array.prototype, String.prototype, Function.prototype, Promise.prototype]
const before = objects.map(object => Reflect.ownKeys(object).length)

/** Checks that no built-in prototype has got a property: a key of an input must never reach one. */
export function builtinsAreUnchanged(): void {
  for (const [index, object] of objects.entries())
    must(
      Reflect.ownKeys(object).length === before[index],
      'no prototype is changed',
      Reflect.ownKeys(object).at(-1),
    )
}
