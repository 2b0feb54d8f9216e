/** A fault of a stage's block: where it is, what was expected there, and what was found. */
export interface StageFault {
  path: string
  expected: string
  found: string
}

/**
 * The stage's block in `cdk.json`, or its name, cannot be used: thrown at synth with every fault at once, a line each.
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
