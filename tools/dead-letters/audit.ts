import { groupIdOf } from '../../lib/queue/envelope.ts'
import type { Filter } from './filter.ts'
import type { RelayAccess } from './relay-access.ts'

/** What an operator does with dead letters. */
export type AuditedAction = 'replay' | 'purge' | 'export' | 'import' | 'erase'

/** A line of the audit log. It holds no personal data of the people whose events these are. */
export interface AuditLine {
  action: AuditedAction
  /** `begun` is written first, so that an action that was killed is seen too. */
  state: 'begun' | 'ended'
  /** The selection; ids are counted only. */
  filter?: object
  counts?: Record<string, number>
}

/** Writes audit lines. Resolves to undefined, or to the reason why a line could not be written. Never throws. */
export type WriteAudit = (line: AuditLine) => Promise<string | undefined>

/**
 * Creates the writer of audit lines of a relay. The lines go to the log group of the stack, each with the time and the
 * ARN of the caller. A local relay has no such log.
 */
export function createAudit({ auditLogGroup, region }: RelayAccess): WriteAudit {
  if (auditLogGroup === undefined) return async () => undefined
  const stream = `operators-${new Date().toISOString().slice(0, 10)}`
  let opened: Promise<(line: object) => Promise<unknown>> | undefined
  return async line => {
    opened ??= openStream(auditLogGroup, stream, region ? { region } : {})
    try {
      await (await opened)(line)
      return undefined
    } catch (error) {
      opened = undefined
      return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    }
  }
}

/** Returns a filter as an audit line shows it. A person is named by the message group. */
export function auditedFilter(filter: Filter, limit: number | undefined, salt: string | undefined): object {
  const { ids, codes, types, events, persons, sinceMs, untilMs } = filter
  const time = (ms: number | undefined) => ms !== undefined && new Date(ms).toISOString()
  return {
    ...(ids?.length && { ids: ids.length }),
    ...(codes?.length && { codes }),
    ...(types?.length && { types }),
    ...(events?.length && { events }),
    ...(persons?.length && { persons: persons.map(id => (salt ? groupIdOf(id, salt) : 'unknown')) }),
    ...(sinceMs !== undefined && { since: time(sinceMs) }),
    ...(untilMs !== undefined && { until: time(untilMs) }),
    ...(limit !== undefined && { limit }),
  }
}

async function openStream(logGroupName: string, logStreamName: string, config: { region?: string }) {
  // Loaded only here, because they are slow to load and only a deployed stack needs them.
  const { CloudWatchLogsClient, CreateLogStreamCommand, PutLogEventsCommand } = await import(
    '@aws-sdk/client-cloudwatch-logs'
  )
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
  const [logs, sts] = [new CloudWatchLogsClient(config), new STSClient(config)]
  const { Arn: who } = await sts.send(new GetCallerIdentityCommand())
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName })).catch((error: Error) => {
    if (error.name !== 'ResourceAlreadyExistsException') throw error
  })
  return (line: object) => {
    const message = JSON.stringify({ who, ...line })
    const logEvents = [{ timestamp: Date.now(), message }]
    return logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }))
  }
}
