import { findPersonal } from '../personal.ts'
import type { Property } from './evidence.ts'

/** Property 6: every text about a person, every key and every external id of a simulation carries a token. */
export const noPersonalData: Property = {
  name: 'no personal data',
  sentence:
    'No log, metric or attribute of a dead letter holds personal data or a key, whatever Kustomer answers.',
  find(evidence) {
    const found = new Set<string>()
    for (const { from, text } of evidence.texts()) {
      const planted = findPersonal(text)
      if (planted) found.add(`${from}: ${planted} in ${text.slice(0, 200)}`)
    }
    return [...found]
  },
}
