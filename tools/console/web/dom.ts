type Child = Node | string | undefined | false
type Attributes = Record<string, string | number | boolean | undefined>

/**
 * Creates an element. A string child becomes text, never markup, so no content of an event can run as a script.
 * The attribute value `true` is an attribute without a value; `false` and undefined leave the attribute out.
 */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children)
}

/** Creates an SVG element, by the rules of `el`. */
export function svg(tag: string, attributes: Attributes = {}, ...children: Child[]): SVGElement {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children)
}

/** Creates a button. `act` runs when it is clicked. */
export function button(text: string, act: () => unknown, attributes: Attributes = {}): HTMLButtonElement {
  const made = el('button', { type: 'button', ...attributes }, text)
  made.addEventListener('click', () => void act())
  return made
}

/** Creates a field with its label above it. */
export function field(label: string, control: HTMLElement, kind = ''): HTMLLabelElement {
  return el('label', { class: `field ${kind}`.trim() }, el('span', {}, label), control)
}

/** Creates a select from values and their texts. */
export function select(options: [value: string, text: string][], onChange: () => void): HTMLSelectElement {
  const made = el('select', {}, ...options.map(([value, text]) => el('option', { value }, text)))
  made.addEventListener('change', onChange)
  return made
}

/** Replaces the children of an element, unless they are the same already: then focus and scroll position stay. */
export function setChildren(parent: Element, wanted: Element[]): void {
  const { children } = parent
  const isSame = wanted.length === children.length && wanted.every((child, i) => child === children[i])
  if (!isSame) parent.replaceChildren(...wanted)
}

function fill<T extends Element>(element: T, attributes: Attributes, children: Child[]): T {
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value))
  element.append(...children.filter(child => child !== undefined && child !== false))
  return element
}
