import { computed, signal } from '@preact/signals'

/** The parameters of a view, such as its filter and its open row. A missing one is the default. */
export type Params = Record<string, string>

/** The state of the page that its address holds: a view, and the parameters of it. */
export interface Route {
  view: string
  params: Params
}

/** The address of the page as a route. It changes with every link, with `refine`, and with back and forward. */
export const route = signal<Route>(read())

/** The parameters that each view had last, so that a tab leads back to them. */
const lastParams = signal<Record<string, Params>>({})

addEventListener('popstate', update)

/** Returns the address of a view, as a link has it: `#/flow?state=dead`. */
export function hrefTo(view: string, params: Params = {}): string {
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value !== ''))
  return `#/${view}${query.size > 0 ? `?${query}` : ''}`
}

/** The addresses of the views as they were left. */
export const hrefToLast = computed(() => (view: string) => hrefTo(view, lastParams.value[view]))

/** Opens a view if the address names none. */
export function openByDefault(view: string): void {
  if (route.peek().view !== '') return
  history.replaceState(null, '', hrefTo(view))
  update()
}

/** Changes parameters of the open view. `isStep`: back leads to the state before, as for a row that is opened. */
export function refine(changes: Params, isStep = false): void {
  const { view, params } = route.peek()
  const href = hrefTo(view, { ...params, ...changes })
  if (isStep) history.pushState(null, '', href)
  else history.replaceState(null, '', href)
  update()
}

function update() {
  route.value = read()
  lastParams.value = { ...lastParams.peek(), [route.value.view]: route.value.params }
}

function read(): Route {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?')
  return { view: path, params: Object.fromEntries(new URLSearchParams(query)) }
}
