import type { SQSBatchResponse, SQSRecord } from 'aws-lambda'
import type { Person } from '../people/person.ts'
import { type Group, isSuspect, workAlone } from './work-alone.ts'
import { type WorkPorts, workInOrder } from './work-in-order.ts'

/**
 * Processes a batch: all people in parallel, each person's events in order, each event with exactly one decision.
 * People whose earlier attempts did not finish go first. Messages that may have crashed a worker come last, one by one.
 */
export async function processBatch(
  records: SQSRecord[],
  open: (groupIds: string[]) => Promise<WorkPorts>,
): Promise<SQSBatchResponse> {
  const groups = [...Map.groupBy(records, record => record.attributes.MessageGroupId ?? record.messageId)]
  const ports = await open(groups.map(([groupId]) => groupId))
  const { people, settlement } = ports
  const isRisky = ([groupId, own]: Group) =>
    people.isRead && own.some(record => isSuspect(record, people.get(groupId)))
  const { risky = [], usual = [] } = Object.groupBy(groups, group => (isRisky(group) ? 'risky' : 'usual'))
  usual.sort(([a], [b]) => Number(isBegun(people.get(b))) - Number(isBegun(people.get(a))))
  await Promise.all(usual.map(([groupId, own]) => workInOrder(groupId, own.map(ports.parse), ports)))
  await workAlone(risky, ports)
  return settlement.toBatchResponse()
}

function isBegun({ waiting, handedBack }: Person): boolean {
  return waiting !== undefined || (handedBack?.length ?? 0) > 0
}
