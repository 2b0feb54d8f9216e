import type { ComponentType } from 'preact'
import { DeadLettersView } from './dead/dead-letters-view.tsx'
import { FlowView } from './flow/flow-view.tsx'
import { HealthView } from './health/health-view.tsx'
import { KustomerView } from './kustomer/kustomer-view.tsx'
import { PersonView } from './person/person-view.tsx'
import { setup } from './state/setup.ts'
import { TryView } from './try/try-view.tsx'

/** One of the console's views. `name` is its name in the address. */
interface View {
  name: string
  title: string
  View: ComponentType
}

/** Returns the views in the order of their tabs. Only a local relay has a Kustomer, which is mostly a simulated one. */
export function views(): View[] {
  const { place, kustomer } = setup()
  const title = kustomer.isSimulated ? 'Kustomer (simulated)' : 'Kustomer'
  return [
    { name: 'try', title: 'Try', View: TryView },
    { name: 'flow', title: 'Flow', View: FlowView },
    { name: 'dead', title: 'Dead letters', View: DeadLettersView },
    { name: 'person', title: 'Person', View: PersonView },
    { name: 'health', title: 'Health', View: HealthView },
    ...(place === 'local' ? [{ name: 'kustomer', title, View: KustomerView }] : []),
  ]
}
