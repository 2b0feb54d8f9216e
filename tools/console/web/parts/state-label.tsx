/** What the page calls a state of an event. */
export const stateNames: Record<string, string> = {
  queued: 'waiting',
  retrying: 'retrying',
  delivered: 'delivered',
  skipped: 'nothing to send',
  dead: 'dead-lettered',
  ignored: 'ignored',
  refused: 'invalid',
  deadAgain: 'dead-lettered again',
  notReplayed: 'not replayed',
  notDeleted: 'replayed, not deleted',
}

const good = ['delivered', 'accepted', 'fine']
const warn = ['retrying', 'waiting', 'sending']
const bad = ['dead', 'deadAgain', 'refused', 'failed', 'notReplayed', 'notDeleted', 'firing', 'fault']

/** The state of an event, a replay, an alarm or a finding, coloured. The colour only repeats what the word says. */
export function StateLabel({ state }: { state: string }) {
  const tone = Object.entries({ good, warn, bad }).find(([, states]) => states.includes(state))?.[0] ?? ''
  return <b class={`state ${tone}`}>{stateNames[state] ?? state}</b>
}
