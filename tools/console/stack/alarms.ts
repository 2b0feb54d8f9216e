import { type CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch'

/** An alarm of a stack. `what` says what to do; `since` is when the state began (epoch ms); `url` leads to CloudWatch. */
export interface AlarmState {
  name: string
  state: 'firing' | 'unknown' | 'fine'
  what: string
  since?: number
  url: string
}
/**
 * Reads the alarms of a stack, which all begin with its name. Those that fire are first. `region` is for the links.
 * Rejects as CloudWatch does.
 */
export async function readAlarms(
  cloudWatch: Pick<CloudWatchClient, 'send'>,
  stack: string,
  region: string,
): Promise<AlarmState[]> {
  const { MetricAlarms = [] } = await cloudWatch.send(
    new DescribeAlarmsCommand({ AlarmNamePrefix: `${stack}-`, MaxRecords: 100 }),
  )
  const states = MetricAlarms.map(
    ({ AlarmName = '', StateValue, AlarmDescription = '', StateUpdatedTimestamp }) => ({
      name: AlarmName.slice(stack.length + 1),
      state: stateOf(StateValue),
      what: AlarmDescription.replace(/\s*\S+#\S+$/, ''),
      ...(StateUpdatedTimestamp && { since: StateUpdatedTimestamp.getTime() }),
      url: `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#alarmsV2:alarm/${encodeURIComponent(AlarmName)}`,
    }),
  )
  const order = { firing: 0, unknown: 1, fine: 2 }
  return states.sort((a, b) => order[a.state] - order[b.state] || a.name.localeCompare(b.name))
}

function stateOf(value: string | undefined): AlarmState['state'] {
  if (value === 'ALARM') return 'firing'
  return value === 'OK' ? 'fine' : 'unknown'
}
