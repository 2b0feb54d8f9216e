import type { Setup } from '../server/shapes.ts'
import { ask } from './api.ts'
import { deadLettersView } from './dead-letters.ts'
import { el } from './dom.ts'
import { flowView } from './flow.ts'
import { kustomerView } from './kustomer.ts'
import { createStore } from './store.ts'
import { startTabs } from './tabs.ts'
import { tryView } from './try.ts'

function place(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no ${id}`)
  return found
}

async function start() {
  const setup = await ask<Setup>('/local/setup')
  const store = createStore()
  const isShown = (id: string) => () => !place(id).hidden
  tryView(place('try'), setup, store)
  const wake: Record<string, () => void> = {
    flow: flowView(place('flow'), setup, store, isShown('flow')),
    dead: deadLettersView(place('dead'), store, isShown('dead')),
    kustomer: kustomerView(place('kustomer'), setup, store, isShown('kustomer')),
  }
  startTabs(name => wake[name]?.())
  const [link, dead] = [place('link'), place('dead-count')]
  store.subscribe(() => {
    const deadLetters = store.now?.status.deadLetters ?? 0
    const text = store.isUp ? `live · ${setup.version}` : 'the relay does not answer'
    if (link.textContent !== text) link.textContent = text
    link.classList.toggle('down', !store.isUp)
    dead.hidden = deadLetters === 0
    dead.textContent = String(deadLetters)
  })
}

start().catch((error: Error) => {
  document.querySelector('main')?.append(el('p', { class: 'outcome error' }, error.message))
})
