import { Duration, Stack } from 'aws-cdk-lib'
import { AlarmStatusWidget, Dashboard as CloudWatchDashboard, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch'
import { Construct } from 'constructs'
import type { Watched } from './alarm-row.ts'
import { eventsGraphs, functionsGraphs, kustomerGraphs, peopleGraphs, queuesGraphs } from './graphs.ts'

/** What the dashboard shows: the stack's parts, and the alarms whose states are at its top. */
export interface DashboardProps extends Watched {
  stage: string
  alarms: IAlarm[]
}

/**
 * A dashboard for the operator, from ingest to Kustomer: alarms, events, calls, queues, records, functions; by minute.
 */
export class Dashboard extends Construct {
  readonly name: string

  constructor(scope: Construct, id: string, { stage, alarms, ...watched }: DashboardProps) {
    super(scope, id)
    // The names of dashboards are global in an account; those of all other resources belong to a region.
    this.name = `kustomer-relay-${stage}-${Stack.of(this).region}`
    new CloudWatchDashboard(this, 'Dashboard', {
      dashboardName: this.name,
      defaultInterval: Duration.hours(3),
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', alarms, width: 24, height: 4 })],
        eventsGraphs(watched),
        kustomerGraphs(watched),
        queuesGraphs(watched),
        peopleGraphs(watched),
        functionsGraphs(watched),
      ],
    })
  }
}
