import type { KustomerState } from '../server/shapes.ts'
import { customerCard } from './customer-card.ts'
import { el, setChildren } from './dom.ts'

/** Creates the list of the stand-in's customers. Only the cards of changed customers are redrawn. */
export function createCustomerCards() {
  const element = el('div', { class: 'customers' })
  const cards = new Map<string, { element: HTMLElement; text: string }>()
  return {
    element,
    update(customers: KustomerState['customers']) {
      const wanted = customers.map(customer => {
        const text = JSON.stringify(customer)
        const known = cards.get(customer.id)
        const card = known?.text === text ? known : { element: customerCard(customer, known?.element), text }
        cards.set(customer.id, card)
        return card.element
      })
      setChildren(element, wanted)
    },
  }
}
