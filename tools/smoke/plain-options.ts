/** Keys of a stage that need nothing outside of the stack, each with another value than its default. */
export const plainOptions = {
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
  tracing: true,
}
