import { plainOptions } from '../../tools/smoke/plain-options.ts'

const keyArn = 'arn:aws:kms:eu-west-1:123456789012:key/12345678-90ab-cdef-1234-567890abcdef'

/** Blocks of a stage that together give every key another value than its default. */
export const everyOption: Record<string, Record<string, unknown>> = {
  'the defaults': {},
  'numbers and texts': {
    ...plainOptions,
    region: 'eu-west-1',
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
