import { Alarm, ComparisonOperator, type IAlarm, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import type { AlarmRow, Watched } from './alarm-row.ts'
import { alarmRows } from './alarm-rows.ts'

/** What is watched, and whom to tell; without an address the topic waits for subscribers. */
export interface AlarmsProps extends Watched {
  stage: string
  account: string
  email?: string
}

/** The alarms, a row each in `alarm-rows.ts`, and the topic that they speak to. */
export class Alarms extends Construct {
  readonly topic: Topic
  /** By name, so that the dashboard, which shows them, waits for none of them. */
  readonly alarms: IAlarm[]

  constructor(scope: Construct, id: string, { stage, account, email, ...watched }: AlarmsProps) {
    super(scope, id)
    this.topic = new Topic(this, 'Topic', { displayName: `Kustomer Relay ${stage}`, enforceSSL: true })
    // Enforcing TLS replaces the topic's usual policy, which would have let the account's alarms in.
    this.topic
      .grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'))
      .principalStatement?.addCondition('StringEquals', { 'aws:SourceAccount': account })
    if (email) this.topic.addSubscription(new EmailSubscription(email))
    this.alarms = alarmRows(watched).map(row => this.alarm(`kustomer-relay-${stage}-${row.name}`, row))
  }

  private alarm(alarmName: string, row: AlarmRow) {
    const alarm = new Alarm(this, row.id, {
      alarmName,
      alarmDescription: `${row.todo} README.md#${row.anchor}`,
      metric: row.metric,
      threshold: row.threshold,
      comparisonOperator: row.isAbove
        ? ComparisonOperator.GREATER_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: row.periods ?? 1,
      datapointsToAlarm: row.breaches ?? 1,
      // No traffic is no fault.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    })
    alarm.addAlarmAction(new SnsAction(this.topic))
    return Alarm.fromAlarmName(this, `${row.id}ByName`, alarmName)
  }
}
