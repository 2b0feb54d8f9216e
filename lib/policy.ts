/**
 * Every tunable number and name of the relay, each with its unit, its reason and its source.
 * The delivery code and the infrastructure both read this file, so that what is deployed and what runs agree.
 */

/** The version that `GET /health`, logs and dead letters carry. A test holds it equal to `package.json`. */
export const version = '1.0.0'

/** The mapping settings, by RudderStack's own names, with the values that hold where none is given. */
export const defaultSettings = {
  /** US host; EU is `https://api.prod2.kustomerapp.com`, India `https://api.prod4.kustomerapp.com` (developer.kustomer.com). */
  baseEndpoint: 'https://api.kustomerapp.com',
  advancedTransform: true,
  setIdentityEmail: false,
  disableEmailAsTrackingProperty: false,
  genericPage: false,
  genericScreen: false,
  /** As RudderStack's own destination does. Write keys in browsers are public: for such sources turn these three off. */
  mergeByEmail: true,
  acceptKustomerId: true,
  acceptVerified: true,
  stampEvents: false,
}

/** What the webhook accepts. */
export const webhook = {
  /** RudderStack's newer webhook destination batches at most this many events that we take in one request. */
  maxEvents: 500,
  /** Levels. `JSON.stringify` overflows the stack past some 4,000; nothing real comes near 1,000. */
  maxDepth: 1_000,
  /**
   * Seconds between two reads of the webhook secret: bounds what strangers with wrong secrets can cost us. So a rotation
   * is known everywhere after 10 s; the instructions say to change RudderStack's header after 30 s.
   */
  secretRefetchSeconds: 10,
  /** Seconds that a signature's time may differ from ours: five minutes, for which SQS knows a re-send, too. */
  signatureToleranceSeconds: 300,
  /** Milliseconds before the function's time-out at which it answers 503 by itself. */
  earlyAnswerMs: 500,
}

/** Limits of Amazon SQS (docs.aws.amazon.com, quotas for messages) and how we use the queues. */
export const queue = {
  /** Bytes, body and attributes together, of a message and of a batch: 1 MiB. */
  maxMessageBytes: 1_048_576,
  /** Bytes kept free for the attributes of a dead letter, so that what was queued can always be dead-lettered. */
  attributeReserveBytes: 4_096,
  /** Messages in one batch call, and the most that an event source takes of a FIFO queue. */
  batchSize: 10,
  /** Days: the most that SQS offers. People's support history waits for a person, so it waits as long as it can. */
  retentionDays: 14,
  /** The application gives up, not SQS: a low count would dead-letter events that merely wait behind a failing one. */
  maxReceiveCount: 1_000,
  /** Visibility time-out as a multiple of the worker's time-out: AWS's advice for event sources (Lambda developer guide). */
  visibilityTimeouts: 6,
  /** Seconds: the longest visibility that SQS takes (12 h). */
  maxVisibilitySeconds: 43_200,
}

/** The functions: sizes in MB, times in seconds. */
export const functions = {
  /** RudderStack waits 10 s for an answer: ours ends before. */
  ingest: { memoryMb: 256, timeoutSeconds: 8 },
  /** A full batch at a modest share of the rate limit fits into a minute. */
  worker: { memoryMb: 512, timeoutSeconds: 60 },
  /**
   * Containers of the worker. One whose people are slow leaves four to the others, and they share one rate limit, so more
   * cost nothing. 2 is the least that Lambda allows as an event source's maximum concurrency.
   */
  workerConcurrency: 5,
}

/** Ingest, before any code of ours runs: what comes faster is answered with 429, which RudderStack tries again. */
export const throttling = { requestsPerSecond: 200, burst: 400 }

/** Days that logs are kept where a stage does not say. */
export const logs = { retentionDays: 30 }

/** When somebody is told; the counts that alarm at the first are not here. */
export const alarms = {
  /** Seconds: an event that is older waits for a reason (every delay of ours ends within 15 min). */
  oldestMessageSeconds: 900,
  /** Milliseconds of the 99th percentile of answers: RudderStack gives up at 10,000. */
  slowAnswerMs: 2_000,
  /** Minutes with person records unavailable, out of the last ones: a single late read disturbs nobody. */
  personRecordMinutes: { bad: 3, watched: 5 },
}

/** The share of Kustomer's rate limit that is ours. */
export const rate = {
  /** Requests a minute of the whole organisation (Enterprise plan; 2,000 on Ultimate, 300 to 500 on older plans). */
  requestsPerMinute: 1_000,
  /** The part of it that the relay takes: agents work with the rest. */
  share: 0.8,
  /** Requests a minute that the relay needs at least: a new person's look-ups and create must end within two minutes. */
  leastSharePerMinute: 12,
  /** Seconds that the gate stays closed after a 429 that names no reset. */
  resetDefaultSeconds: 5,
  /**
   * Seconds: the furthest reset that is believed, two windows of Kustomer's rate limit. A header that is wrong or from
   * a clock that is wrong must not stop delivery for longer. A window lasts 60 s (developer.kustomer.com, read 2026-11).
   */
  maxResetSeconds: 120,
  /** Milliseconds of the window that Kustomer's limit counts in. */
  windowMs: 60_000,
  /** Tokens that a container takes at once at most: one for each message of a batch. */
  maxLease: 10,
  /**
   * Milliseconds for which a token stays good after it was due, so that a slow table wastes none. A window of 60 s then
   * holds the tokens of 60.8 s at most: 1.3 % more than the share.
   */
  lateMs: 800,
  /** Milliseconds that the due time of a token may lie back when it is taken: the rest of `lateMs` is for its way. */
  creditMs: 600,
  /** Milliseconds ahead for which tokens are taken: they are lost where delivery is stopped before they are due. */
  horizonMs: 5_000,
  /** Milliseconds after which a container that waits for a token looks again whether delivery was stopped for all. */
  freshMs: 1_000,
  /** Milliseconds between two requests while the agents need more than their part. */
  probeMs: 2_000,
  /** The part of the share by which `x-ratelimit-remaining` may fall below the agents' part: measuring is not exact. */
  tolerance: 0.02,
  /** Milliseconds: the largest difference between two clocks that is believed. AWS keeps them within a few. */
  maxSkewMs: 5_000,
  /** Milliseconds for one read or write, and to leave the table alone after one failed: each container goes alone then. */
  storeTimeoutMs: 1_000,
  storePauseMs: 1_000,
  /** Tries to change the shared item when other containers change it at the same moment. */
  storeTries: 20,
  /** The item's key in the table of the person records, whose other keys are hashes. */
  itemId: 'rate-limit',
}

/** When to try again and when to give up; seconds unless the name says otherwise. */
export const retry = {
  baseSeconds: 5,
  /** 15 min: the cap of every delay, so that mended set-ups are noticed soon. */
  maxSeconds: 900,
  /** Each delay is spread by this part to either side, so that retries do not march in step. */
  jitter: 0.2,
  /** 72 h: a long weekend of an outage. */
  giveUpAfterSeconds: 259_200,
  /** The longest time that may be set instead: SQS allows 1,000 receives, which last 9.7 days. */
  longestGiveUpHours: 200,
  /** Failed attempts before an event is given up for its age: one time-out after a long outage is no reason. */
  attemptsBeforeGivingUp: 5,
  /** The base of the delay after a time-out of a tracking event: each retry may store it once more. */
  mayDoubleBaseSeconds: 60,
  /** Receives after which an event that only waits is put off by the longest delay: 1,000 receives last 9.7 days. */
  receivesToLongestWait: 100,
  /** Attempts in all at a conflict that was not resolved. */
  conflictAttempts: 4,
  /** Attempts at an event on which our own code throws, and the time that they must span: a bad release must not empty the queue before it is rolled back. */
  failedAttempts: 5,
  failedForSeconds: 3_600,
}

/** How the AWS clients behave: two tries of 3 s end before RudderStack's 10 s do, and before ours. */
export const aws = {
  maxAttempts: 2,
  /** Milliseconds. Unless told to throw, the SDK only warns of a request that takes longer (`@smithy/types`). */
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  /** The queue's own URL decides no host: `AWS_ENDPOINT_URL_SQS` does where it is set, which makes no difference on AWS. */
  useQueueUrlAsEndpoint: false,
}

/** How the client of DynamoDB behaves: two tries end within the second that a read or write may take. */
export const tableClient = {
  maxAttempts: 2,
  /** Milliseconds; DynamoDB answers within 10, a new connection takes 100. */
  requestHandler: { connectionTimeout: 400, requestTimeout: 450, throwOnRequestTimeout: true },
}

/** Requests to Kustomer. */
export const http = {
  /**
   * Milliseconds for one request, by its kind. A look-up that is slow can be repeated at no risk. A tracking event that
   * timed out may be stored, and its retry stores it again: it waits longest.
   */
  timeoutMs: { find: 5_000, read: 5_000, create: 8_000, update: 8_000, record: 15_000 },
  /**
   * Milliseconds before the worker's deadline after which no request starts: the longest time-out, and 5 s in which
   * records are saved and messages given back while SQS is slow.
   */
  reserveMs: 20_000,
  /** Bytes of an answer that are read at most: 1 MiB; a customer is a few kB. */
  maxAnswerBytes: 1_048_576,
}

/** What is remembered of people: in the container's memory, and in the table that all containers share. */
export const personRecords = {
  /** People in a container's memory; about 1 kB each. */
  maxPeople: 10_000,
  /** Seconds in a container's memory: 1 h; what is remembered is harmless when stale. */
  maxAgeSeconds: 3_600,
  /** Days that a record is kept after the person's last event. */
  retentionDays: 30,
  /** Hours after which a record that did not change is written again, to move its expiry: at most one write a day. */
  refreshAfterHours: 24,
  /** Look-ups in vain in a container's memory; about 100 bytes each. */
  maxNotFound: 10_000,
  /** Seconds for which a look-up in vain is remembered: longer than work that was cut short waits. */
  notFoundSeconds: 120,
  /** Hours after which an identify is sent again though nothing changed: what an agent changed meanwhile comes back. */
  resendUnchangedAfterHours: 24,
  /** Hashes of addresses on a customer: Kustomer's lists hold 10 each, and there are several lists. */
  maxAddresses: 64,
  /** Refused addresses: as many as an identify usually brings, some times over. */
  maxRefused: 16,
  /** Hours for which a refused address is not tried again: its owner may have lost it meanwhile. */
  refusedForHours: 24,
  /** Ids of delivered events, 26 bytes each: a record stays below 4 kB, one read unit of DynamoDB. */
  maxDelivered: 128,
  /** Messages given back: as many as one batch holds. */
  maxHandedBack: 10,
  /** Days for which a re-send is recognised: RudderStack's SDKs re-send hours later, people replay days later. */
  deliveredForDays: 7,
  /** Characters of a hash, 6 bits each: 96 bits make two equal ones unlikely among a hundred million. */
  hashLength: 16,
  /** Milliseconds for one read or write: a table answers in 10; then the worker goes on without it. */
  timeoutMs: 1_000,
  /** Milliseconds for which a table that was late is left alone, so that it holds up one save and not every one. */
  pauseMs: 2_000,
  /** Keys of one `BatchGetItem` at most (docs.aws.amazon.com, API reference of DynamoDB). */
  batchGetSize: 100,
  /** Milliseconds before keys that DynamoDB did not process are asked again; doubled each time, within `timeoutMs`. */
  unprocessedDelayMs: 20,
  /** The table's key and the attribute that DynamoDB's time to live reads (epoch seconds). */
  table: { key: 'id', expiry: 'expiresAt' },
} as const

/** How the worker shares its time among the people of a batch; milliseconds unless the name says otherwise. */
export const worker = {
  /** The time for one person in an invocation: then the rest of their events is given back, and others go on. */
  personBudgetMs: 5_000,
  /** A batch that goes on for longer deletes what is done at once, so that those people's next events are free. */
  earlySettleMs: 1_000,
  /** Receives without a decision after which a message is worked on alone: it may have ended its workers. */
  undecidedReceives: 3,
  /** Times that such a message is begun alone before it is dead-lettered unread: five receives in all. */
  startsAlone: 2,
  /** Seconds until other such messages are tried: each alone. */
  suspectDelaySeconds: 5,
  /** A person's record is saved at the latest so long after a delivery: a worker that dies later doubles nothing. */
  saveWithinMs: 2_000,
}

/** Keys from Secrets Manager. */
export const secrets = {
  /** Seconds that a secret is cached: the time until a rotation is noticed without an error. */
  maxAgeSeconds: 300,
  /** Seconds for which a store that failed is left alone while the last known value serves. */
  retrySeconds: 30,
  /** Seconds that the previous webhook secret is accepted after a rotation: a day to change RudderStack's header. */
  previousSeconds: 86_400,
}

/** How both functions are bundled: the options of esbuild that the stack and the local relay share. */
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
 * Bytes of each minified bundle at most: what is loaded at start is paid at every cold start. DynamoDB's client takes
 * 49 kB of the worker's: it saves a look-up, a request of Kustomer, for every person whom another container knows.
 */
export const bundleBudget = { ingest: 420_000, worker: 520_000 }

/** Namespace and names of the custom metrics: written by the functions, read by alarms and dashboard. */
export const metrics = {
  namespace: 'KustomerRelay',
  /** Events that arrived at ingest, whatever became of them. */
  received: 'EventsReceived',
  queued: 'EventsQueued',
  ignored: 'EventsIgnored',
  /** Answers of 400 and 413: RudderStack drops what we refuse. */
  refused: 'RequestsRefused',
  /** Answers of 401: RudderStack drops these too. */
  unauthenticated: 'RequestsUnauthenticated',
  delivered: 'EventsDelivered',
  skipped: 'EventsSkipped',
  retried: 'EventsRetried',
  deadLettered: 'EventsDeadLettered',
  /** Kustomer refused our key: 401, 402, 403 or a redirect. */
  unauthorized: 'KustomerUnauthorized',
  throttled: 'KustomerThrottled',
  possibleDuplicate: 'PossibleDuplicates',
  /** Identifies that were not a plain write: a customer was claimed, filled only, or an address is another's. */
  identityConflicts: 'IdentityConflicts',
  /** Events that had been delivered before: a re-send. */
  deduplicated: 'EventsDeduplicated',
  /** Identifies that changed nothing since the last one and cost no request. */
  unchanged: 'IdentifiesUnchanged',
  /** Reads and writes of person records that failed or were late: the worker goes on with what its container knows. */
  personRecordsUnavailable: 'PersonRecordsUnavailable',
  /** Seconds from ingest to Kustomer's 2xx. */
  ageAtDelivery: 'AgeAtDelivery',
  /** Requests to Kustomer, with the dimensions `kind` and `status`. */
  calls: 'KustomerCalls',
} as const
