/** A fault in a stage's block: its path, what was expected, and what was found. */
export interface StageFault {
  path: string
  expected: string
  found: string
}

/**
 * Thrown at synth when the stage's block in `cdk.json`, or its name, is invalid, with all faults at once, one per line.
 * Values under `secrets` are never shown, since a key may have been pasted where its name belongs.
 */
export class StageConfigError extends Error {
  override readonly name = 'StageConfigError'
  readonly faults: StageFault[]

  constructor(faults: StageFault[]) {
    const lines = faults.map(({ path, expected, found }) => `  ${path}: expected ${expected}, found ${found}`)
    super([`cdk.json: ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}`, ...lines].join('\n'))
    this.faults = faults
  }
}
