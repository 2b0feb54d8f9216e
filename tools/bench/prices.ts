/**
 * US dollars in us-east-1, without free tiers (aws.amazon.com: /api-gateway/pricing for HTTP APIs, /sqs/pricing for
 * FIFO, /lambda/pricing for Arm, /dynamodb/pricing on demand, /cloudwatch/pricing; read 2026-11-26).
 */
export const prices = {
  /** A million requests. */
  httpApi: 1,
  sqs: 0.5,
  lambda: 0.2,
  /** A million GB-seconds. */
  lambdaTime: 13.3334,
  /** A million units: a write of 1 kB, a consistent read of 4 kB. */
  tableWrite: 0.625,
  tableRead: 0.125,
  /** A GB of logs that arrives. */
  logs: 0.5,
} as const
