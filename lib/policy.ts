/**
 * Every tunable number and name of the relay, each with its unit, its reason and its source.
 * The functions and the infrastructure both read this file, so that they agree.
 */

/** The version that `GET /health`, logs and dead letters carry. A test holds it equal to `package.json`. */
export const version = '1.0.0'

/** The mapping settings, with RudderStack's names, and their defaults. */
export const defaultSettings = {
  /**
   * US host; EU is `https://api.prod2.kustomerapp.com`, India `https://api.prod4.kustomerapp.com`
   * (developer.kustomer.com).
   */
  baseEndpoint: 'https://api.kustomerapp.com',
  advancedTransform: true,
  setIdentityEmail: false,
  disableEmailAsTrackingProperty: false,
  genericPage: false,
  genericScreen: false,
  /** As in RudderStack's own destination. Write keys in browsers are public: for such sources turn these three off. */
  mergeByEmail: true,
  acceptKustomerId: true,
  acceptVerified: true,
  stampEvents: false,
}

/** Kustomer's own hosts are this domain and all below it. The API key goes to no other one that is not allowed. */
export const kustomersDomain = 'kustomerapp.com'

/** What the webhook accepts. */
export const webhook = {
  /** Events in one request. RudderStack's newer webhook destination sends batches. */
  maxEvents: 500,
  /** Levels of nesting. `JSON.stringify` overflows the stack at about 4,000; real events have far fewer than 1,000. */
  maxDepth: 1_000,
  /**
   * Seconds between two reads of the webhook secret: limits the cost of requests with wrong secrets. So a rotation is
   * known everywhere after 10 s; the instructions say to change RudderStack's header after 30 s.
   */
  secretRefetchSeconds: 10,
  /** Seconds that a signature's time may differ from now: five minutes, as long as SQS recognises a re-send. */
  signatureToleranceSeconds: 300,
  /** Milliseconds before the function's time-out at which it answers 503 by itself. */
  earlyAnswerMs: 500,
}

/** Limits of Amazon SQS (docs.aws.amazon.com, quotas for messages) and the queues' settings. */
export const queue = {
  /** Bytes, body and attributes together, of a message and of a batch: 1 MiB. */
  maxMessageBytes: 1_048_576,
  /** Bytes reserved for the attributes of a dead letter, so that a queued message can always be dead-lettered. */
  attributeReserveBytes: 4_096,
  /** Messages in one batch call, and the maximum batch size of an event source on a FIFO queue. */
  batchSize: 10,
  /** Days: the maximum of SQS. A dead letter waits for an operator, so it is kept as long as possible. */
  retentionDays: 14,
  /** The application gives up, not SQS: a low count would dead-letter events that only wait behind a failing one. */
  maxReceiveCount: 1_000,
  /**
   * Visibility time-out as a multiple of the worker's time-out: AWS's advice for event sources (Lambda developer
   * guide).
   */
  visibilityTimeouts: 6,
  /** Seconds: the longest visibility that SQS takes (12 h). */
  maxVisibilitySeconds: 43_200,
}

/** The functions: sizes in MB, times in seconds. */
export const functions = {
  /** RudderStack waits 10 s for a response, so the function must end earlier. */
  ingest: { memoryMb: 256, timeoutSeconds: 8 },
  /**
   * A full batch at a modest share of the rate limit fits into a minute. A batch of the largest hostile events needs
   * 290 MB (`npm run bench -- memory`). The worker mostly waits for Kustomer, and more memory makes that dearer.
   */
  worker: { memoryMb: 384, timeoutSeconds: 60 },
  /**
   * Containers of the worker. When slow requests occupy one, four are left, and all share one rate limit, so more cost
   * nothing. 2 is the minimum that Lambda allows as an event source's maximum concurrency.
   */
  workerConcurrency: 5,
}

/** API Gateway's throttling of ingest: faster requests are answered with 429, which RudderStack retries. */
export const throttling = { requestsPerSecond: 200, burst: 400 }

/** Days that logs are kept, unless the stage sets another number. */
export const logs = {
  retentionDays: 30,
  /** For the audit lines: who replayed or deleted what is asked months later. */
  auditRetentionDays: 365,
}

/**
 * The thresholds of alarms. Alarms that fire on the first occurrence have none. `bad` of the last `watched` periods must
 * be over the threshold; a period is 5 min, unless the name says another.
 */
export const alarms = {
  /** Seconds: an older event has a problem, since every delay of the relay ends within 15 min. */
  oldestEventSeconds: 900,
  /** Thirds of `giveUpAfterHours` after which somebody must act: 48 of 72 h. */
  nearGivingUpThirds: 2,
  /** Periods for which a failed attempt counts: 20 min, since the next attempt comes after 15 at the latest. */
  retryPeriods: 4,
  /** Refusals of the key must come again, after 15 min at the latest: one answer of a gateway is not the key. */
  unauthorizedPeriods: { bad: 2, watched: 5 },
  /** The part of the attempts without an answer: a failed attempt and its good repetition are a half. */
  unavailableShare: 0.5,
  /** Two bad periods of half an hour, since the attempts of a long outage are 15 min apart. */
  unavailablePeriods: { bad: 2, watched: 6 },
  /** Minutes with a 5xx of the webhook: one is a hiccup, which RudderStack repeats. */
  apiFaultMinutes: { bad: 2, watched: 5 },
  /** Within an hour: a wrong path keeps coming, the one visit of a stranger's scanner does not. */
  apiRefusalPeriods: { bad: 2, watched: 12 },
  /** Milliseconds, for the 99th percentile of response times: RudderStack gives up at 10,000. */
  slowAnswerMs: 2_000,
  /** Minutes with failed or late person records, out of the last ones: a single late read does no harm. */
  personRecordMinutes: { bad: 3, watched: 5 },
  /** A worker that crashed once repairs itself; one that cannot start fails again and again. */
  workerErrorPeriods: { bad: 2, watched: 3 },
  /** Days: three are left until SQS deletes a dead letter. */
  oldDeadLetterDays: 11,
  /**
   * Messages in the queue. SQS looks through the first 120,000 of a FIFO queue for message groups that are free: behind
   * them other people's events wait too (docs.aws.amazon.com, SQS developer guide, "FIFO queue quotas", read 2026-11-26).
   */
  backlogMessages: 90_000,
  /** Minutes: two such periods without an invocation are longer than any delay of the relay. */
  idleMinutes: 15,
}

/** The relay's share of Kustomer's rate limit. */
export const rate = {
  /** Requests per minute of the whole organisation (Enterprise plan; 2,000 on Ultimate, 300 to 500 on older plans). */
  requestsPerMinute: 1_000,
  /** The part of it that the relay uses. The agents have the rest. */
  share: 0.8,
  /** Minimum of the relay's requests per minute: a new person's look-ups and create must end within two minutes. */
  leastSharePerMinute: 12,
  /** Seconds that the gate stays closed after a 429 that names no reset. */
  resetDefaultSeconds: 5,
  /**
   * Seconds: the latest reset that is believed, two windows of Kustomer's rate limit. A wrong header or a wrong clock
   * must not stop delivery for longer. A window lasts 60 s (developer.kustomer.com, read 2026-11).
   */
  maxResetSeconds: 120,
  /** Milliseconds: the window of Kustomer's rate limit. */
  windowMs: 60_000,
  /** Maximum of tokens that a container takes at once: one for each message of a batch. */
  maxLease: 10,
  /**
   * Milliseconds for which a token stays valid after it is due, so that a slow table wastes none. A window of 60 s then
   * holds at most the tokens of 60.8 s: 1.3 % more than the share.
   */
  lateMs: 800,
  /** Milliseconds that a token may be overdue when it is taken. The rest of `lateMs` is for the table's response. */
  creditMs: 600,
  /** Milliseconds ahead for which tokens are taken. They are lost when delivery stops before they are due. */
  horizonMs: 5_000,
  /** Milliseconds after which a container that waits for a token checks again whether delivery was stopped for all. */
  freshMs: 1_000,
  /** Milliseconds between two requests while the agents need more than their part. */
  probeMs: 2_000,
  /** The part of the share by which `x-ratelimit-remaining` may be below the agents' part: it is not exact. */
  tolerance: 0.02,
  /** Milliseconds: the largest believable difference between two clocks. On AWS they differ by a few. */
  maxSkewMs: 5_000,
  /**
   * Milliseconds for one read or write, and without the table after one failed: then each container uses its own part.
   */
  storeTimeoutMs: 1_000,
  storePauseMs: 1_000,
  /** Tries to change the shared item when other containers change it at the same time. */
  storeTries: 20,
  /** The item's key in the table of the person records, whose other keys are hashes. */
  itemId: 'rate-limit',
}

/** When to try again and when to give up; seconds unless the name says otherwise. */
export const retry = {
  baseSeconds: 5,
  /** 15 min: the longest delay, so that a corrected configuration is noticed soon. */
  maxSeconds: 900,
  /** Each delay varies by this part in both directions, so that retries do not come all at once. */
  jitter: 0.2,
  /** 72 h: a long weekend of an outage. */
  giveUpAfterSeconds: 259_200,
  /** The maximum of that setting: SQS allows 1,000 receives, which last 9.7 days. */
  longestGiveUpHours: 200,
  /**
   * Minimum of failed attempts before an event is given up for its age: one time-out after a long outage is not enough.
   */
  attemptsBeforeGivingUp: 5,
  /** The first delay after a time-out of a tracking event, since each retry may store it once more. */
  mayDoubleBaseSeconds: 60,
  /** Receives after which an event that only waits gets the longest delay: so 1,000 receives last 9.7 days. */
  receivesToLongestWait: 100,
  /** Attempts at an event before an unresolved conflict is dead-lettered. */
  conflictAttempts: 4,
  /**
   * Attempts at an event on which the relay's code throws, and the time that they must span: a bad release must not
   * dead-letter the whole queue before it is rolled back.
   */
  failedAttempts: 5,
  failedForSeconds: 3_600,
}

/** Options of the AWS clients: two tries of 3 s end before RudderStack's time-out of 10 s and before the function's. */
export const aws = {
  maxAttempts: 2,
  /** Milliseconds. Without `throwOnRequestTimeout` the SDK only warns when a request takes longer (`@smithy/types`). */
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  /** The host is not taken from the queue's URL but from `AWS_ENDPOINT_URL_SQS` where set. On AWS both are the same. */
  useQueueUrlAsEndpoint: false,
}

/** Options of the DynamoDB client: two tries end within the second that a read or write may take. */
export const tableClient = {
  maxAttempts: 2,
  /** Milliseconds; DynamoDB answers within 10, a new connection takes 100. */
  requestHandler: { connectionTimeout: 400, requestTimeout: 450, throwOnRequestTimeout: true },
}

/** Requests to Kustomer. */
export const http = {
  /**
   * Milliseconds for one request, by its kind. A slow look-up can be repeated without risk. A tracking event that timed
   * out may be stored, and its retry may store it again, so its time-out is the longest.
   */
  timeoutMs: { find: 5_000, read: 5_000, create: 8_000, update: 8_000, record: 15_000 },
  /**
   * Milliseconds before the worker's deadline after which no request starts: the longest time-out, and 5 s to save
   * records and to settle the messages even when SQS is slow.
   */
  reserveMs: 20_000,
  /** Maximum of bytes that are read of a response: 1 MiB; a customer is a few kB. */
  maxAnswerBytes: 1_048_576,
}

/** Person records: in the container's memory, and in the table that all containers share. */
export const personRecords = {
  /** People in a container's memory; about 1 kB each. */
  maxPeople: 10_000,
  /** Seconds in a container's memory: 1 h; a stale record does no harm. */
  maxAgeSeconds: 3_600,
  /** Days that a record is kept after the person's last event. */
  retentionDays: 30,
  /** Hours after which an unchanged record is written again to extend its expiry: at most one write a day. */
  refreshAfterHours: 24,
  /** Look-ups that found nothing, in a container's memory; about 100 bytes each. */
  maxNotFound: 10_000,
  /** Seconds for which a look-up that found nothing is remembered: longer than the delay of work that was cut short. */
  notFoundSeconds: 120,
  /** Hours after which an unchanged identify is sent again; it then overwrites what agents have changed meanwhile. */
  resendUnchangedAfterHours: 24,
  /** Hashes of addresses on a customer: Kustomer's lists hold 10 each, and there are several lists. */
  maxAddresses: 64,
  /** Refused addresses: several times as many as an identify usually has. */
  maxRefused: 16,
  /** Hours after which a refused address is tried again: the other customer may no longer have it. */
  refusedForHours: 24,
  /** Ids of delivered events, 13 bytes each: a record stays below 2 kB, two write units of DynamoDB. */
  maxDelivered: 128,
  /** Messages that went back to the queue: as many as one batch holds. */
  maxHandedBack: 10,
  /** Days for which a re-send is recognised: RudderStack's SDKs re-send hours later, operators replay days later. */
  deliveredForDays: 7,
  /**
   * Characters of a hash, 6 bits each. A hash is compared with those in one person's record only: with 72 bits, one of
   * 128 equals that of another event once in 10^19.
   */
  hashLength: 12,
  /** Milliseconds for one read or write, which usually takes 10; after that the worker continues without the table. */
  timeoutMs: 1_000,
  /** Milliseconds for which a table that was late is not used, so that it delays one save and not every one. */
  pauseMs: 2_000,
  /** Maximum of keys in one `BatchGetItem` (docs.aws.amazon.com, API reference of DynamoDB). */
  batchGetSize: 100,
  /** Milliseconds before unprocessed keys are requested again; doubled each time, within `timeoutMs`. */
  unprocessedDelayMs: 20,
  /** The table's key and the attribute that DynamoDB's time to live reads (epoch seconds). */
  table: { key: 'id', expiry: 'expiresAt' },
} as const

/** How the worker divides its time among the people of a batch; milliseconds unless the name says otherwise. */
export const worker = {
  /** The time budget of one person in an invocation; after that the rest of their events goes back to the queue. */
  personBudgetMs: 5_000,
  /** A batch that runs longer deletes messages that are done early, so that those people's next events can start. */
  earlySettleMs: 1_000,
  /** Receives without a decision after which a message is processed alone: it may have crashed its workers. */
  undecidedReceives: 3,
  /** How often such a message is started alone before it is dead-lettered unread: five receives in all. */
  startsAlone: 2,
  /** Seconds until the next such message is tried, alone. */
  suspectDelaySeconds: 5,
  /** A person's record is saved this long after a delivery at the latest; a later crash repeats no delivery. */
  saveWithinMs: 2_000,
}

/** Keys from Secrets Manager. */
export const secrets = {
  /** Seconds that a secret is cached: the time until a rotation is noticed without an error. */
  maxAgeSeconds: 300,
  /** Seconds for which a store that failed is not called, while the last known value is used. */
  retrySeconds: 30,
  /** Seconds that the previous webhook secret is accepted after a rotation: a day to change RudderStack's header. */
  previousSeconds: 86_400,
}

/** esbuild's options for both functions, shared by the stack and the local relay. */
export const bundle = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  /** ES modules first: a third smaller. */
  mainFields: ['module', 'main'],
  minify: true,
  keepNames: false,
  sourcemap: true,
  sourcesContent: false,
  /** CommonJS dependencies call `require` for Node's own modules. */
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
} as const

/**
 * Maximum bytes of each minified bundle, since a larger bundle makes every cold start slower. Three quarters of each are
 * the AWS clients and what they share. DynamoDB's client takes 49 kB of the worker's; it saves a look-up in Kustomer for
 * every person that another container knows, and the worker starts in 1.25 times the time of the SQS client alone (1.35
 * is its bar in the bench). The relay's own code takes 90 kB.
 */
export const bundleBudget = { ingest: 420_000, worker: 535_000 }

/** Namespace and names of the custom metrics: written by the functions, read by alarms and dashboard. */
export const metrics = {
  namespace: 'KustomerRelay',
  /** Events that arrived at ingest, with any result. */
  received: 'EventsReceived',
  queued: 'EventsQueued',
  ignored: 'EventsIgnored',
  /** Responses with 400 or 413: RudderStack drops these events. */
  refused: 'RequestsRefused',
  /** Responses with 401, and with 403 for an address that may not send: RudderStack drops these too. */
  unauthenticated: 'RequestsUnauthenticated',
  delivered: 'EventsDelivered',
  skipped: 'EventsSkipped',
  retried: 'EventsRetried',
  deadLettered: 'EventsDeadLettered',
  /** Kustomer refused the API key (401, 402, 403), or the host is not Kustomer's API. */
  unauthorized: 'KustomerUnauthorized',
  throttled: 'KustomerThrottled',
  /** 1 for an attempt that Kustomer did not answer, or with a 5xx; 0 for one that delivered. So its average is a share. */
  unavailable: 'KustomerUnavailable',
  /** Attempts on which the relay's own code threw: a bug, most often of the newest release. */
  failed: 'EventsFailed',
  possibleDuplicate: 'PossibleDuplicates',
  /** Identifies that were not a plain write; their delivery notes say why. */
  identityConflicts: 'IdentityConflicts',
  /** Re-sent events that had been delivered before. */
  deduplicated: 'EventsDeduplicated',
  /** Identifies that were unchanged since the last one and needed no request. */
  unchanged: 'IdentifiesUnchanged',
  /** Identifies that needed no look-up, since the person's record named the customer. */
  lookUpsSaved: 'LookUpsSaved',
  /** Reads and writes of person records that failed or were late; the worker continues with its container's memory. */
  personRecordsUnavailable: 'PersonRecordsUnavailable',
  /** Seconds from ingest to Kustomer's 2xx. */
  ageAtDelivery: 'AgeAtDelivery',
  /**
   * Seconds from ingest to a decision to try again. SQS's own age of the oldest message is not enough: its documentation
   * says that messages which were received again and again and not deleted are left out, and those wait in an outage
   * (docs.aws.amazon.com, SQS developer guide, "Available CloudWatch metrics", read 2026-11-26).
   */
  ageAtRetry: 'AgeAtRetry',
  /** 4xx that API Gateway itself gave, which no function sees: counted from its access log. */
  apiRefusals: 'ApiRefusals',
  /** Requests to Kustomer, with the dimensions `kind` and `status`. */
  calls: 'KustomerCalls',
} as const
