type Child = Node | string | undefined | false
type Attributes = Record<string, string | number | boolean | undefined>

/**
 * Makes an element. A string child becomes text, never markup: whatever an event holds is shown, and nothing of it runs.
 * `true` is an attribute without a value; `false` and undefined are none.
 */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children)
}

/** Makes an element of a picture, by the rules of `el`. */
export function svg(tag: string, attributes: Attributes = {}, ...children: Child[]): SVGElement {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children)
}

/** A button that does something; its text is its name. */
export function button(text: string, act: () => unknown, attributes: Attributes = {}): HTMLButtonElement {
  const made = el('button', { type: 'button', ...attributes }, text)
  made.addEventListener('click', () => void act())
  return made
}

/** A labelled field: the label stands above it. */
export function field(label: string, control: HTMLElement, kind = ''): HTMLLabelElement {
  return el('label', { class: `field ${kind}`.trim() }, el('span', {}, label), control)
}

/** A select of values with their texts. */
export function select(options: [value: string, text: string][], onChange: () => void): HTMLSelectElement {
  const made = el('select', {}, ...options.map(([value, text]) => el('option', { value }, text)))
  made.addEventListener('change', onChange)
  return made
}

function fill<T extends Element>(element: T, attributes: Attributes, children: Child[]): T {
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value))
  element.append(...children.filter(child => child !== undefined && child !== false))
  return element
}
