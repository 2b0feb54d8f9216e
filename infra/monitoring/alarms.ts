import { Alarm, ComparisonOperator, type IAlarm, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import type { AlarmRow, Watched } from './alarm-row.ts'
import { alarmRows } from './alarm-rows.ts'

/** What is monitored, and the address to notify. Without one, the topic has no subscriber. */
export interface AlarmsProps extends Watched {
  stage: string
  account: string
  email?: string
}

/** The alarms, one row each in `alarm-rows.ts`, and the topic that they notify. */
export class Alarms extends Construct {
  readonly topic: Topic
  /** The alarms by name, so that the dashboard does not depend on them in CloudFormation. */
  readonly alarms: IAlarm[]

  constructor(scope: Construct, id: string, { stage, account, email, ...watched }: AlarmsProps) {
    super(scope, id)
    this.topic = new Topic(this, 'Topic', { displayName: `Kustomer Relay ${stage}`, enforceSSL: true })
    // Enforcing TLS replaces the topic's default policy, which would have allowed the account's alarms.
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
      // Without traffic there is no data, and that is not a fault.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    })
    alarm.addAlarmAction(new SnsAction(this.topic))
    return Alarm.fromAlarmName(this, `${row.id}ByName`, alarmName)
  }
}
