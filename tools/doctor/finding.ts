/** The result of one check. `unknown`: the check does not apply here, which is not a fault. */
export interface Finding {
  name: string
  state: 'fine' | 'fault' | 'unknown'
  message: string
}
