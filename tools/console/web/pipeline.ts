import type { Now } from '../server/shapes.ts'
import { el } from './dom.ts'

interface Stage {
  name: string
  what: string
  tone?: string
  count(now: Now): number
}

const stages: Stage[] = [
  { name: 'Received', what: 'by the webhook', count: ({ counts }) => counts.received },
  { name: 'Waiting', what: 'in the queue', count: ({ status }) => status.waiting },
  { name: 'In flight', what: 'or waiting for a retry', count: ({ status }) => status.inFlight },
  { name: 'Delivered', what: 'to Kustomer', tone: 'good', count: ({ counts }) => counts.delivered },
]
const asides: Stage[] = [
  { name: 'Retried', what: 'to wait again', tone: 'warn', count: ({ counts }) => counts.retries },
  { name: 'Dead', what: 'dead letters, now', tone: 'bad', count: ({ status }) => status.deadLetters },
]

/** Creates the pipeline with the current numbers: the stages of an event, and below them retries and dead letters. */
export function createPipeline() {
  const row = (of: Stage[], name: string) => {
    const boxes = of.map(stage => ({ stage, box: boxOf(stage) }))
    return { boxes, element: el('ol', { class: name }, ...boxes.map(({ box }) => box.element)) }
  }
  const [way, aside] = [row(stages, 'way'), row(asides, 'aside')]
  return {
    element: el('div', { class: 'pipeline' }, way.element, aside.element),
    update(now: Now) {
      for (const { stage, box } of [...way.boxes, ...aside.boxes]) box.show(stage.count(now))
    },
  }
}

function boxOf({ name, what, tone }: Stage) {
  const number = el('strong', {}, '0')
  const element = el(
    'li',
    { class: tone ?? 'plain', 'data-stage': name },
    el('span', { class: 'name' }, name),
    number,
    el('span', { class: 'what' }, what),
  )
  return {
    element,
    show(value: number) {
      const text = value.toLocaleString('en')
      element.classList.toggle('zero', value === 0)
      if (number.textContent !== text) number.textContent = text
    },
  }
}
