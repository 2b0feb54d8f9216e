import type { Fault } from '../../kustomer-stand-in/faults.ts'
import type { StandIn } from '../../kustomer-stand-in/types.ts'
import type { KustomerState } from './shapes.ts'

interface Preset {
  label: string
  what: string
  fault?: Fault
}

const refusal = { errors: [{ status: 400, code: 'bad_request', title: 'refused by the console' }] }

/** Faults to try: the page shows how the relay handles them. */
const presets: Record<string, Preset> = {
  throttle: {
    label: '429 for 10 s',
    what: 'The organisation has no requests left.',
    fault: { do: { kind: 'throttle', forSeconds: 10 } },
  },
  errors: {
    label: 'Five 500s',
    what: 'The next five requests fail.',
    fault: { times: 5, do: { kind: 'status', status: 500 } },
  },
  slow: {
    label: 'Slow',
    what: 'The next ten answers take 3 s.',
    fault: { times: 10, do: { kind: 'slow', ms: 3_000 } },
  },
  key: { label: 'Key wrong', what: 'Every request gets a 401 until "All well again".' },
  drop: {
    label: 'Drop after write',
    what: 'The next write is stored, but its answer is lost.',
    fault: { when: { method: 'POST' }, do: { kind: 'drop', after: 'write' } },
  },
  refuse: {
    label: 'Refuse an event',
    what: 'The next tracking event gets a 400 and becomes a dead letter.',
    fault: { when: { kind: 'record' }, do: { kind: 'status', status: 400, body: refusal } },
  },
  clear: { label: 'All well again', what: 'There are no faults, and the key is right.' },
}

const shownCustomers = 100
const shownRequests = 40

/** The console's view of the stand-in, and its controls. */
export interface KustomerPanel {
  faults: { name: string; label: string; what: string }[]
  state(): KustomerState
  /** Adds a fault by its name. Returns false if there is no fault with this name. */
  fault(name: string): boolean
}

/** Creates the panel of a stand-in. The key that the stand-in has now counts as the right one. */
export function createKustomerPanel(standIn: StandIn): KustomerPanel {
  const rightKey = standIn.apiKey
  return {
    faults: Object.entries(presets).map(([name, { label, what }]) => ({ name, label, what })),
    state: () => ({
      isKeyRight: standIn.apiKey === rightKey,
      customers: standIn.customers().slice(-shownCustomers).reverse(),
      requests: standIn.requests
        .slice(-shownRequests)
        .reverse()
        .map(({ at, method, path, status, applied }) => ({ at, method, path, status, applied })),
    }),
    fault(name) {
      const preset = Object.hasOwn(presets, name) ? presets[name] : undefined
      if (preset?.fault) standIn.fault(preset.fault)
      if (name === 'key') standIn.apiKey = `${rightKey}-no-more`
      if (name === 'clear') {
        standIn.clearFaults()
        standIn.apiKey = rightKey
      }
      return preset !== undefined
    },
  }
}
