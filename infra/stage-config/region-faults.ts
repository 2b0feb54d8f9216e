import type { StageFault } from './stage-config-error.ts'

/** The values of a stage that are ARNs of one region. */
interface RegionalConfig {
  domain?: { certificateArn: string }
  alarmTopicArn?: string
  kmsKeyArn?: string
  secrets: { kmsKeyArn?: string }
}

/**
 * Finds ARNs of another region than the stack's. A regional endpoint of API Gateway takes only a certificate of its
 * own region (docs.aws.amazon.com, API Gateway developer guide, "Custom domain names for HTTP APIs", read 2026-11-26),
 * and an alarm notifies a topic of its own region (CloudWatch user guide, "Notifying users on alarm changes").
 * Without `region` nothing is known, so nothing is found.
 */
export function regionFaults(config: RegionalConfig, region: string | undefined): StageFault[] {
  const { domain, alarmTopicArn, kmsKeyArn, secrets } = config
  const arns = {
    'domain.certificateArn': domain?.certificateArn,
    alarmTopicArn,
    kmsKeyArn,
    'secrets.kmsKeyArn': secrets.kmsKeyArn,
  }
  return Object.entries(arns).flatMap(([path, arn]) => {
    const own = arn?.split(':')[3]
    if (arn === undefined || region === undefined || own === region) return []
    return { path, expected: `an ARN of the stack's region ${region}`, found: JSON.stringify(own) }
  })
}
