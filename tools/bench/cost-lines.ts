import { functions } from '../../lib/policy.ts'
import { prices } from './prices.ts'
import type { ProcessCost } from './process-costs.ts'
import { vcpusOf } from './process-usage.ts'
import type { DayUsage } from './relay-days.ts'
import { totalOf } from './usage.ts'

/** Milliseconds that nobody here can measure, and bytes of API Gateway's line in the access log. */
export const assumed = {
  /** From a request to Kustomer's answer. */
  kustomerMs: 150,
  /** DynamoDB answers within 10 ms ("single-digit milliseconds"). */
  tableMs: 6,
  /** SQS's answer to ingest. */
  sqsMs: 10,
  /** Processor time of a TLS handshake: each invocation of the worker opens a connection to Kustomer. */
  handshakeCpuMs: 2.5,
  accessLogBytes: 135,
}

/** What the functions need for an event, measured. */
export interface FunctionCosts {
  ingest: ProcessCost
  worker: ProcessCost
}

/** US dollars for a million events like those of a day, by service. Pure. */
export function costLines(day: DayUsage, { ingest, worker }: FunctionCosts): Record<string, number> {
  const an = (amount: number) => amount / day.events
  const { personReads, personWrites, rateReads, rateWrites } = day.table
  const invocations = an(day.invocations)
  const tableTrips = 2 * invocations + an(rateReads + rateWrites)
  const ingestMs = assumed.sqsMs + ingest.cpuMs / vcpusOf(functions.ingest.memoryMb)
  const workerCpuMs = worker.cpuMs + invocations * assumed.handshakeCpuMs
  const workerMs =
    an(totalOf(day.calls)) * assumed.kustomerMs +
    tableTrips * assumed.tableMs +
    workerCpuMs / vcpusOf(functions.worker.memoryMb)
  const logBytes = assumed.accessLogBytes + ingest.logBytes + worker.logBytes
  return {
    'API Gateway': prices.httpApi,
    SQS: (1 + 2 * invocations) * prices.sqs,
    'Lambda, requests': (1 + invocations) * prices.lambda,
    'Lambda, ingest’s time': timeCost(ingestMs, functions.ingest.memoryMb),
    'Lambda, worker’s time': timeCost(workerMs, functions.worker.memoryMb),
    'DynamoDB, person records': an(personReads) * prices.tableRead + an(personWrites) * prices.tableWrite,
    'DynamoDB, rate limit': an(rateReads) * prices.tableRead + an(rateWrites) * prices.tableWrite,
    'CloudWatch Logs': (logBytes / 1_000) * prices.logs,
  }
}

function timeCost(ms: number, memoryMb: number): number {
  return (ms / 1_000) * (memoryMb / 1_024) * prices.lambdaTime
}
