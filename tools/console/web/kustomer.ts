import type { KustomerState, Setup } from '../server/shapes.ts'
import { ask } from './api.ts'
import { customerCard } from './customer-card.ts'
import { button, el } from './dom.ts'
import { clock, count } from './format.ts'
import type { Store } from './store.ts'

/** The view "Kustomer": faults to try, the customers of the stand-in, and its latest requests. */
export function kustomerView(
  root: HTMLElement,
  setup: Setup,
  store: Store,
  isShown: () => boolean,
): () => void {
  if (setup.faults.length === 0) {
    root.append(
      el(
        'p',
        { class: 'outcome quiet' },
        'This relay calls the Kustomer API at KUSTOMER_BASE_URL, so there is no stand-in to show.',
      ),
    )
    return () => {}
  }
  const message = el('p', { class: 'following', role: 'status' })
  const key = el(
    'p',
    { class: 'error', hidden: true },
    'The key is wrong: every request is answered with 401.',
  )
  const requests = el('ol', { class: 'asked', 'aria-label': 'Latest requests', tabindex: 0 })
  const customers = el('div', { class: 'customers' })
  const cards = new Map<string, { element: HTMLElement; text: string }>()
  let [asking, seen] = [false, -1]

  const draw = (state: KustomerState) => {
    key.hidden = state.isKeyRight
    requests.replaceChildren(...state.requests.map(requestLine))
    const wanted = state.customers.map(customer => {
      const text = JSON.stringify(customer)
      const known = cards.get(customer.id)
      const card = known?.text === text ? known : { element: customerCard(customer, known?.element), text }
      cards.set(customer.id, card)
      return card.element
    })
    const isSame =
      wanted.length === customers.children.length && wanted.every((card, i) => card === customers.children[i])
    if (!isSame) customers.replaceChildren(...wanted)
    total.textContent = count(state.customers.length, 'customer')
  }
  const total = el('span', { class: 'total' })
  const read = async (force = false) => {
    const calls = store.now?.counts.calls ?? 0
    if (!isShown() || asking || (!force && calls === seen)) return
    ;[asking, seen] = [true, calls]
    const state = await ask<KustomerState>('/local/kustomer').catch((error: Error) => error)
    asking = false
    if (state instanceof Error) message.textContent = state.message
    else draw(state)
  }
  const script = async (name: string, what: string) => {
    const done = await ask('/local/fault', { name }).catch((error: Error) => error)
    message.textContent = done instanceof Error ? done.message : what
    await read(true)
  }
  const buttons = setup.faults.map(({ name, label, what }) =>
    button(label, () => script(name, what), { title: what, class: name === 'clear' ? 'primary' : 'fault' }),
  )
  root.append(
    el('h2', {}, 'Make it fail'),
    el('div', { class: 'bar actions' }, ...buttons, message),
    key,
    el(
      'div',
      { class: 'sides' },
      el('div', { class: 'side' }, el('h2', {}, 'Customers ', total), customers),
      el('div', { class: 'side' }, el('h2', {}, 'Latest requests'), requests),
    ),
  )
  store.subscribe(() => void read())
  return () => void read(true)
}

function requestLine({ at, method, path, status, applied }: KustomerState['requests'][number]): HTMLElement {
  const tone = status >= 200 && status < 300 ? 'good' : status === 404 ? 'warn' : 'bad'
  return el(
    'li',
    {},
    el('time', {}, clock(at)),
    el('b', { class: `method ${method}` }, method),
    el('code', {}, path),
    el('span', { class: tone }, status === 0 ? 'dropped' : String(status)),
    status === 0 && applied && el('i', {}, 'stored'),
  )
}
