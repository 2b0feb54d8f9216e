import type { KustomerState, Setup } from '../server/shapes.ts'
import { ask } from './api.ts'
import { createCustomerCards } from './customer-cards.ts'
import { button, el } from './dom.ts'
import { clock, count } from './format.ts'
import { createPersonPanel } from './person-record.ts'
import type { Store } from './store.ts'

/** The view "Kustomer": faults to try, the customers of the stand-in, and its latest requests. */
export function kustomerView(
  root: HTMLElement,
  setup: Setup,
  store: Store,
  isShown: () => boolean,
): () => void {
  if (setup.faults.length === 0) {
    root.append(noStandIn(), createPersonPanel())
    return () => {}
  }
  const message = el('p', { class: 'following', role: 'status' })
  const state = createStateView()
  let [asking, seen] = [false, -1]
  const read = async (force = false) => {
    const calls = store.now?.counts.calls ?? 0
    if (!isShown() || asking || (!force && calls === seen)) return
    ;[asking, seen] = [true, calls]
    const answer = await ask<KustomerState>('/local/kustomer').catch((error: Error) => error)
    asking = false
    if (answer instanceof Error) message.textContent = answer.message
    else state.update(answer)
  }
  const script = async (name: string, what: string) => {
    const done = await ask('/local/fault', { name }).catch((error: Error) => error)
    message.textContent = done instanceof Error ? done.message : what
    await read(true)
  }
  const buttons = faultButtons(setup.faults, script)
  root.append(el('h2', {}, 'Make it fail'), el('div', { class: 'bar actions' }, ...buttons, message))
  root.append(createPersonPanel(), ...state.elements)
  store.subscribe(() => void read())
  return () => void read(true)
}

function noStandIn(): HTMLElement {
  const text = 'This relay calls the Kustomer API at KUSTOMER_BASE_URL, so there is no stand-in to show.'
  return el('p', { class: 'outcome quiet' }, text)
}

function faultButtons(faults: Setup['faults'], script: (name: string, what: string) => unknown) {
  return faults.map(({ name, label, what }) =>
    button(label, () => script(name, what), { title: what, class: name === 'clear' ? 'primary' : 'fault' }),
  )
}

/** The stand-in's state: whether its key is right, its customers and its latest requests. */
function createStateView() {
  const wrongKey = 'The key is wrong: every request is answered with 401.'
  const key = el('p', { class: 'error', hidden: true }, wrongKey)
  const total = el('span', { class: 'total' })
  const customers = createCustomerCards()
  const requests = el('ol', { class: 'asked', 'aria-label': 'Latest requests', tabindex: 0 })
  const sides = el(
    'div',
    { class: 'sides' },
    el('div', { class: 'side' }, el('h2', {}, 'Customers ', total), customers.element),
    el('div', { class: 'side' }, el('h2', {}, 'Latest requests'), requests),
  )
  return {
    elements: [key, sides],
    update(state: KustomerState) {
      key.hidden = state.isKeyRight
      requests.replaceChildren(...state.requests.map(requestLine))
      customers.update(state.customers)
      total.textContent = count(state.customers.length, 'customer')
    },
  }
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
