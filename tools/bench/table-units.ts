import { unitsOf } from '../simulation/item-size.ts'
import type { TableUse } from '../simulation/people-table.ts'

/** Units of DynamoDB, by what they were used for. A read of a person is consistent, so it costs whole units. */
export interface TableUnits {
  personReads: number
  personWrites: number
  rateReads: number
  rateWrites: number
}

/** The units of one call of the table. Each item of a batch is rounded up on its own. */
export function tableUnitsOf({ of, kind, bytes }: TableUse): Partial<TableUnits> {
  const units = bytes.reduce((sum, one) => sum + unitsOf(one)[kind], 0)
  if (of === 'people') return kind === 'read' ? { personReads: units } : { personWrites: units }
  return kind === 'read' ? { rateReads: units } : { rateWrites: units }
}
