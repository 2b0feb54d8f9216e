/**
 * Sets an own property, also one named `__proto__`, which an object from `JSON.parse` can have. An assignment would set
 * the prototype.
 */
export function setOwn<Value>(fields: Record<string, Value>, key: string, value: Value): void {
  if (key === '__proto__')
    Object.defineProperty(fields, key, { value, enumerable: true, configurable: true, writable: true })
  else fields[key] = value
}

/** Copies an object's own properties. `{ ...fields }` takes twice as long for an object with many keys. */
export function copyOwn<Value>(fields: Record<string, Value>): Record<string, Value> {
  const copy: Record<string, Value> = {}
  for (const key of Object.keys(fields)) setOwn(copy, key, fields[key] as Value)
  return copy
}
