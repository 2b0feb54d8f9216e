/** Properties that the first objects got: with them V8 learns how much room each new one needs. */
const usualProperties = 40
/** Objects after which V8 fixes that room ("slack tracking", v8.dev/blog/slack-tracking). */
const learningObjects = 8

function Roomy() {}
// A plain object in every respect: no prototype of its own.
Roomy.prototype = Object.prototype
const Plain = Roomy as unknown as new () => object

for (let n = 0; n < learningObjects; n++) {
  const learning: Record<string, number> = new Plain() as Record<string, number>
  for (let i = 0; i < usualProperties; i++) learning[`property${i}`] = i
}

/**
 * An empty plain object, `{}` in all but speed: filled under computed names, `{}` becomes a slow dictionary at its 17th
 * property, which costs a tenth of a whole transformation; this one has room for some 25.
 */
export function roomyObject<T extends object>(): Partial<T> {
  return new Plain() as Partial<T>
}
