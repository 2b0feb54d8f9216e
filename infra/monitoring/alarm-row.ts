import type { HttpStage } from 'aws-cdk-lib/aws-apigatewayv2'
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import type { EventQueue } from '../event-queue.ts'

/** The parts of the stack that alarms and dashboard look at. */
export interface Watched {
  namespace: string
  api: HttpStage
  queues: EventQueue
  people: ITable
  ingest: IFunction
  worker: IFunction
}

/** One alarm: what is measured, from which value on (or above it), what the reader must do, and where that is told. */
export interface AlarmRow {
  id: string
  name: string
  metric: IMetric
  threshold: number
  isAbove?: boolean
  /** Periods that are looked at, and how many of them must be bad; 1 of 1 where absent. */
  periods?: number
  breaches?: number
  todo: string
  anchor: string
}
