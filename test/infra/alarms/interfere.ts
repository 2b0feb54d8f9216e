import type { ObservedWorld } from '../../../tools/simulation/run.ts'
import type { Series } from './series.ts'
import { countResponse, type Interfere } from './simulated-series.ts'

const minuteMs = 60_000

/** Runs `act` each minute from one to the other, both counted from the start. */
export function eachMinute(
  from: number,
  to: number,
  act: (world: ObservedWorld, series: Series, at: number) => void,
): Interfere {
  return (world, series) => {
    const startMs = world.clock.now()
    for (let minute = from; minute < to; minute++)
      world.clock.at(startMs + minute * minuteMs + 1, () => act(world, series, world.clock.now()))
  }
}

/** Sends a request without an event, as a stranger does. */
export const post = (authorization: string, body = '{}') =>
  eachMinute(5, 6, ({ relay, clock }, series) => {
    const headers = { authorization, 'content-type': 'application/json' }
    void relay.post(headers, body).then(status => countResponse(series, clock.now(), status ?? 0))
  })

/** What AWS says of a part that is not modelled: a value each minute. */
export const said = (key: string, value: number, from = 5, to = 20) =>
  eachMinute(from, to, (_, series, at) => series.add(key, { at, value }))

/** Answers every request to Kustomer with something that makes the relay's own code throw, until the rollback. */
export const breakCode: Interfere = (world, series) => {
  const { model } = world
  const good = model.transport
  const replace = (minute: number, transport: typeof good) =>
    eachMinute(minute, minute + 1, () => void Object.assign(model, { transport }))(world, series)
  replace(5, () => ({ send: async () => undefined as never, close: () => {} }))
  replace(15, good)
}
