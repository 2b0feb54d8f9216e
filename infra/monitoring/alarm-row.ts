import type { HttpStage } from 'aws-cdk-lib/aws-apigatewayv2'
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import type { EventQueue } from '../event-queue.ts'
import type { StageConfig } from '../stage-config.ts'

/** The parts of the stack that alarms and dashboard monitor, and the stage's settings that thresholds depend on. */
export interface Watched {
  namespace: string
  api: HttpStage
  queues: EventQueue
  people: ITable
  ingest: IFunction
  worker: IFunction
  config: Pick<StageConfig, 'rate' | 'giveUpAfterHours' | 'silenceAlarmHours'>
}

/**
 * One alarm: its metric, its threshold, and what the reader must do (`todo`). `name` is also its heading in
 * `docs/alarms.md`.
 */
export interface AlarmRow {
  id: string
  name: string
  metric: IMetric
  threshold: number
  /** How the metric breaches the threshold; at least, by default. Below: missing data breaches it too. */
  is?: 'atLeast' | 'above' | 'below'
  /** The number of periods, and how many of them must breach the threshold; 1 of 1 by default. */
  periods?: number
  breaches?: number
  /** Whether events are lost while the alarm is on. */
  isLoss?: boolean
  todo: string
}
