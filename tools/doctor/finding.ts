/** What one check found. `unknown`: it could not be looked at, which is no fault. */
export interface Finding {
  name: string
  state: 'fine' | 'fault' | 'unknown'
  says: string
}
