import {
  Alarm,
  type AlarmBase,
  AlarmRule,
  AlarmState,
  ComparisonOperator,
  CompositeAlarm,
  type IAlarm,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import type { AlarmRow, Watched } from './alarm-row.ts'
import { alarmRows } from './alarm-rows.ts'
import { type AlarmTopicProps, alarmTopic } from './alarm-topic.ts'

/** What is monitored, and who is notified. */
export interface AlarmsProps extends Watched, AlarmTopicProps {}

/** The composite alarm, which says that events are being lost right now. */
const eventsLost = {
  name: 'events-lost',
  todo: 'Events are being lost: RudderStack drops what the webhook refuses, and SQS deletes dead letters after 14 days. Follow the alarms that are on beside this one.',
}

const comparisons = {
  atLeast: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  above: ComparisonOperator.GREATER_THAN_THRESHOLD,
  below: ComparisonOperator.LESS_THAN_THRESHOLD,
}

/**
 * The alarms, one row each in `alarm-rows.ts`, and the composite alarm of those that mean a loss. All notify the topic
 * when they start and when they end.
 */
export class Alarms extends Construct {
  readonly topic: ITopic
  /** The alarms by name, so that the dashboard does not depend on them in CloudFormation. */
  readonly alarms: IAlarm[]
  private readonly stage: string
  private readonly action: SnsAction

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id)
    this.stage = props.stage
    this.topic = alarmTopic(this, props)
    this.action = new SnsAction(this.topic)
    const rows = alarmRows(props)
    const losses = rows.flatMap(row => {
      const alarm = this.alarm(row)
      return row.isLoss ? [alarm] : []
    })
    this.heard(
      new CompositeAlarm(this, 'EventsLost', {
        compositeAlarmName: this.nameOf(eventsLost.name),
        alarmDescription: descriptionOf(eventsLost),
        alarmRule: AlarmRule.anyOf(...losses.map(alarm => AlarmRule.fromAlarm(alarm, AlarmState.ALARM))),
      }),
    )
    this.alarms = [{ id: 'EventsLost', name: eventsLost.name }, ...rows].map(row =>
      Alarm.fromAlarmName(this, `${row.id}ByName`, this.nameOf(row.name)),
    )
  }

  private nameOf(name: string) {
    return `kustomer-relay-${this.stage}-${name}`
  }

  private alarm(row: AlarmRow) {
    const alarm = new Alarm(this, row.id, {
      alarmName: this.nameOf(row.name),
      alarmDescription: descriptionOf(row),
      metric: row.metric,
      threshold: row.threshold,
      comparisonOperator: comparisons[row.is ?? 'atLeast'],
      evaluationPeriods: row.periods ?? 1,
      datapointsToAlarm: row.breaches ?? 1,
      // Without traffic there is no data, and that is a fault only where silence is what the alarm looks for.
      treatMissingData: row.is === 'below' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    })
    this.heard(alarm)
    return alarm
  }

  private heard(alarm: AlarmBase) {
    alarm.addAlarmAction(this.action)
    alarm.addOkAction(this.action)
  }
}

function descriptionOf({ name, todo }: { name: string; todo: string }) {
  return `${todo} docs/alarms.md#${name}`
}
