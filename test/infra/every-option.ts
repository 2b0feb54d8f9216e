const keyArn = 'arn:aws:kms:eu-west-1:123456789012:key/12345678-90ab-cdef-1234-567890abcdef'

/** Blocks of a stage that together give every key another value than its default. */
export const everyOption: Record<string, Record<string, unknown>> = {
  'the defaults': {},
  'numbers and texts': {
    settings: { baseEndpoint: 'https://kustomer.example.com', genericPage: true },
    allowOtherHosts: true,
    rate: { requestsPerMinute: 2_000, share: 0.5 },
    workerConcurrency: 8,
    resendUnchangedAfterHours: 0,
    giveUpAfterHours: 200,
    ingestConcurrency: 10,
    throttling: { perSecond: 10, burst: 20 },
    logRetentionDays: 7,
    alarmEmail: 'on-call@example.com',
    silenceAlarmHours: 12,
    region: 'eu-west-1',
    tracing: true,
    tags: { team: 'data', 'cost center': '7 + 8' },
    retain: true,
    protect: true,
  },
  'what exists already': {
    alarmTopicArn: 'arn:aws:sns:eu-west-1:123456789012:on-call',
    domain: {
      name: 'events.example.com',
      certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/ab-12',
    },
    secrets: { webhook: 'team/webhook', kustomerKey: 'team/kustomer', kmsKeyArn: keyArn },
    allowedSourceIps: ['198.51.100.7', '203.0.113.0/24', '2001:db8::/32'],
  },
  'a key of the customer': { kmsKeyArn: keyArn, retain: true, alarmEmail: 'on-call@example.com' },
}
