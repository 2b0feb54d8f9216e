import type { Fault } from '../../kustomer-stand-in/faults.ts'
import type { StandIn } from '../../kustomer-stand-in/types.ts'
import type { KustomerState } from './shapes.ts'

interface Preset {
  label: string
  what: string
  fault?: Fault
}

const refusal = { errors: [{ status: 400, code: 'bad_request', title: 'refused on request' }] }

/** Faults that one can watch the relay ride through. */
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
  key: { label: 'Key wrong', what: 'Every request is a 401, until all is well again.' },
  drop: {
    label: 'Drop after write',
    what: 'The next write is stored, and its answer lost.',
    fault: { when: { method: 'POST' }, do: { kind: 'drop', after: 'write' } },
  },
  refuse: {
    label: 'Refuse an event',
    what: 'The next tracking event is a 400: a dead letter.',
    fault: { when: { kind: 'record' }, do: { kind: 'status', status: 400, body: refusal } },
  },
  clear: { label: 'All well again', what: 'No more faults, and the key is right.' },
}

const shownCustomers = 100
const shownRequests = 40

/** The stand-in as the console shows and steers it. */
export interface KustomerPanel {
  faults: { name: string; label: string; what: string }[]
  state(): KustomerState
  /** Scripts a fault by its name; false where there is none of that name. */
  fault(name: string): boolean
}

/** Watches and steers a stand-in; the key that it has now is the right one. */
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
