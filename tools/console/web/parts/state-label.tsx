/** What the page calls a state of an event. */
export const stateNames: Record<string, string> = {
  queued: 'waiting',
  retrying: 'retrying',
  delivered: 'delivered',
  skipped: 'nothing to send',
  dead: 'dead-lettered',
  ignored: 'ignored',
  refused: 'refused',
  deadAgain: 'dead-lettered again',
  notReplayed: 'not replayed',
  notDeleted: 'replayed, not deleted',
}

/** The state of an event or of a replay, coloured. The colour only repeats what the word says. */
export function StateLabel({ state }: { state: string }) {
  return <span class={`state ${state}`}>{stateNames[state] ?? state}</span>
}
