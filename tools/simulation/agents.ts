import { type AgentEditKind, type AgentEditPorts, createAgentEdit } from './agent-edit.ts'
import type { KustomerModel } from './kustomer-model.ts'
import type { Random } from './random.ts'

/** How busy the people are who work in Kustomer's app. */
export interface AgentsOptions {
  /** Edits an hour of each kind, of customers at random. */
  perHour: Partial<Record<AgentEditKind, number>>
  /** How likely somebody edits a customer right after the relay has read it: an address or a name. */
  betweenReadAndWrite: number
  /** Requests a minute that agents' own clicks take of the organisation's rate limit. */
  requestsPerMinute: number
}

/** What agents work with; they stop at `endMs`. */
export interface AgentsPorts extends AgentEditPorts {
  random: Random
  endMs: number
}

/** Milliseconds after a look-up within which an edit meets the relay between its read and its write. */
const meddlingMs = 200
const hourMs = 3_600_000

/** Starts the agents: they edit customers now and then, meddle between reads and writes, and use up requests. */
export function startAgents(
  { perHour, betweenReadAndWrite, requestsPerMinute }: AgentsOptions,
  ports: AgentsPorts,
) {
  const { clock, random, model } = ports
  const { store } = model.kustomer
  const edit = createAgentEdit(ports)
  const [agents, meddlers] = [random.fork('edits'), random.fork('meddling')]

  for (const [kind, rate] of Object.entries(perHour) as [AgentEditKind, number][]) {
    every(hourMs / rate, ports, agents, () => {
      const all = store.customers()
      const customer = all.length > 0 ? store.get(agents.pick(all).id) : undefined
      if (customer) edit(kind, customer, agents)
    })
  }
  model.onRead(id => {
    if (betweenReadAndWrite === 0 || !meddlers.chance(betweenReadAndWrite)) return
    clock.at(clock.now() + 1 + meddlers.int(meddlingMs), () => {
      const customer = store.get(id)
      if (customer) edit(meddlers.chance(0.5) ? 'address' : 'rename', customer, meddlers)
    })
  })
  if (requestsPerMinute > 0) every(60_000 / requestsPerMinute, ports, agents, () => click(model))
}

/** Calls `run` at random moments that are `meanMs` apart on average, until the agents' day ends. */
function every(meanMs: number, { clock, endMs }: AgentsPorts, random: Random, run: () => void) {
  const next = () => {
    const at = clock.now() - meanMs * Math.log(1 - random.next())
    if (at > endMs) return
    clock.at(at, () => {
      run()
      next()
    })
  }
  next()
}

/** One request of the agents' app: it counts towards the organisation's limit and changes nothing. */
function click({ kustomer }: KustomerModel) {
  const authorization = `Bearer ${kustomer.settings.apiKey}`
  const path = '/v1/users/current'
  kustomer.handle({
    kind: 'currentUser',
    method: 'GET',
    path,
    headers: { authorization },
    replace: false,
    size: 0,
  })
}
