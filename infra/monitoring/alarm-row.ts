import type { HttpStage } from 'aws-cdk-lib/aws-apigatewayv2'
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import type { EventQueue } from '../event-queue.ts'

/** The parts of the stack that alarms and dashboard monitor. */
export interface Watched {
  namespace: string
  api: HttpStage
  queues: EventQueue
  people: ITable
  ingest: IFunction
  worker: IFunction
}

/**
 * One alarm: its metric, its threshold, what the reader must do (`todo`), and the README's heading about it (`anchor`).
 */
export interface AlarmRow {
  id: string
  name: string
  metric: IMetric
  threshold: number
  isAbove?: boolean
  /** The number of periods, and how many of them must breach the threshold; 1 of 1 by default. */
  periods?: number
  breaches?: number
  todo: string
  anchor: string
}
