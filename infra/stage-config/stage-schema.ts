import * as v from 'valibot'
import { functions, logs, personRecords, rate, retry, throttling } from '../../lib/policy.ts'
import { isKustomersHost, settingsEntries } from '../../lib/settings.ts'
import { exact } from './exact.ts'
import * as field from './fields.ts'

const hour = 3_600

/** The mapping settings. A deployed function cannot call a host on the loopback interface. */
const settings = exact({
  ...settingsEntries,
  baseEndpoint: v.optional(field.httpsOrigin, settingsEntries.baseEndpoint.default),
})

const rateSchema = v.pipe(
  exact({
    requestsPerMinute: v.pipe(
      v.optional(field.whole(1, 1_000_000), rate.requestsPerMinute),
      v.description('Requests per minute that your Kustomer plan allows the whole organisation.'),
    ),
    share: v.pipe(
      v.optional(field.share, rate.share),
      v.description('The part of it that the relay uses. Your agents have the rest.'),
    ),
  }),
  v.check(
    own => own.requestsPerMinute * own.share >= rate.leastSharePerMinute,
    `at least ${rate.leastSharePerMinute} requests a minute for the relay (requestsPerMinute × share): with fewer, a new person’s look-ups take longer than their results are cached`,
  ),
)

const throttlingSchema = exact({
  perSecond: v.pipe(
    v.optional(field.whole(1, 10_000), throttling.requestsPerSecond),
    v.description('Requests per second to the webhook. Faster ones get a 429, which RudderStack retries.'),
  ),
  burst: v.pipe(v.optional(field.whole(1, 5_000), throttling.burst), v.description('Requests at once.')),
})

const domain = exact({
  name: v.pipe(field.hostName, v.description('The host of the webhook, instead of API Gateway’s own.')),
  certificateArn: v.pipe(
    field.certificateArn,
    v.description('Its certificate in Certificate Manager, of the same region as the stack.'),
  ),
})

const secrets = exact({
  webhook: v.pipe(
    v.optional(field.secretName),
    v.description('An existing secret for the webhook. Without it, one is created and generated.'),
  ),
  kustomerKey: v.pipe(
    v.optional(field.secretName),
    v.description('An existing secret with Kustomer’s API key. Without it, an empty one is created.'),
  ),
  kmsKeyArn: v.pipe(
    v.optional(field.kmsKeyArn),
    v.description(
      'The key that encrypts these existing secrets, if it is not AWS’s own. The functions may use it only by way of Secrets Manager.',
    ),
  ),
})

/**
 * Every key of a stage: its shape, its default and its reason. `docs/stage.md` is generated from it (`npm run docs`),
 * so a key without a description fails a test.
 */
export const stageKeys = exact({
  settings: v.pipe(
    v.optional(settings, {}),
    v.description('The mapping settings: [README, Settings](../README.md#settings).'),
  ),
  allowOtherHosts: v.pipe(
    v.optional(field.yesOrNo, false),
    v.description(
      'Whether `baseEndpoint` may be a host that is not Kustomer’s. The API key and personal data go to it, so a mistyped one must not be deployed.',
    ),
  ),
  rate: v.pipe(
    v.optional(rateSchema, {}),
    v.description(
      `Kustomer’s rate limit. \`requestsPerMinute\` × \`share\` must be ${rate.leastSharePerMinute} or more.`,
    ),
  ),
  workerConcurrency: v.pipe(
    // Lambda takes 2 to 1,000 as an event source's maximum concurrency.
    v.optional(field.whole(2, 1_000), functions.workerConcurrency),
    v.description(
      'Workers that run at once. They share one rate limit, so more of them send no more requests.',
    ),
  ),
  resendUnchangedAfterHours: v.pipe(
    v.optional(field.whole(0, 8_760), personRecords.resendUnchangedAfterHours),
    v.description(
      'Hours for which an identify that changes nothing is not sent again. 0: it is always sent.',
    ),
  ),
  giveUpAfterHours: v.pipe(
    v.optional(field.whole(1, retry.longestGiveUpHours), retry.giveUpAfterSeconds / hour),
    v.description(
      'Hours after the first failed attempt at which an event becomes a dead letter. SQS moves a message after 1,000 receives, which last longer than the maximum.',
    ),
  ),
  ingestConcurrency: v.pipe(
    v.optional(field.whole(1, 1_000)),
    v.description(
      'Concurrency that is reserved for ingest, so that other functions of the account cannot take it. It is also a maximum. Without it, none is reserved: a small account has ten in all.',
    ),
  ),
  throttling: v.pipe(
    v.optional(throttlingSchema, {}),
    v.description('API Gateway’s throttling of the webhook.'),
  ),
  logRetentionDays: v.pipe(
    v.optional(field.retentionDays, logs.retentionDays),
    v.description('Days that logs are kept.'),
  ),
  tracing: v.pipe(
    v.optional(field.yesOrNo, false),
    v.description(
      'Whether X-Ray records a trace of each invocation: about $10 for a million events. It shows starts and durations, not single calls, which the logs have. Lambda’s sampling cannot be changed: the first request of each second is always recorded.',
    ),
  ),
  alarmEmail: v.pipe(
    v.optional(field.email),
    v.description(
      'An address that gets the alarms. AWS sends it a link first: the alarms come after the click.',
    ),
  ),
  alarmTopicArn: v.pipe(
    v.optional(field.topicArn),
    v.description(
      'An existing SNS topic for the alarms, instead of one that the stack creates. Its policy, and that of its key, must let CloudWatch publish.',
    ),
  ),
  silenceAlarmHours: v.pipe(
    v.optional(field.whole(0, 168), 0),
    v.description(
      'Hours without any event after which an alarm fires. 0: never, since a quiet night may be usual. CloudWatch looks back for 7 days at most.',
    ),
  ),
  domain: v.pipe(
    v.optional(domain),
    v.description('A host of your own for the webhook. API Gateway’s own host is then off.'),
  ),
  allowedSourceIps: v.pipe(
    v.optional(field.sourceIps),
    v.description(
      'The only addresses that may send events: those of RudderStack. Others get a 403 before their secret is compared. Without it, every address may try. RudderStack drops events after a 403, so keep the list up to date.',
    ),
  ),
  kmsKeyArn: v.pipe(
    v.optional(field.kmsKeyArn),
    v.description(
      'A key of yours for queues, table, logs, the created secrets and the created topic, instead of AWS’s own keys. [Its policy](#a-key-of-your-own) must admit these services.',
    ),
  ),
  secrets: v.pipe(
    v.optional(secrets, {}),
    v.description('Names of existing secrets in Secrets Manager, never their values.'),
  ),
  region: v.pipe(
    v.optional(field.region),
    v.description('The AWS region of the stage. Without it, the region of your AWS profile.'),
  ),
  tags: v.pipe(
    v.optional(field.tags, {}),
    v.description('Tags of all resources, besides `application` and `stage`.'),
  ),
  retain: v.pipe(
    v.optional(field.yesOrNo, false),
    v.description(
      'Whether queues, table, secrets and logs are kept when the stack is deleted. After a first deployment that failed, nothing is kept, so that you can repeat it.',
    ),
  ),
  protect: v.pipe(
    v.optional(field.yesOrNo, false),
    v.description(
      'Whether the stack and its table refuse to be deleted. Turn it on after the first deployment: a protected stack whose creation failed cannot be created again.',
    ),
  ),
})

/** A whole stage: its keys, and what must hold between them. */
export const stageSchema = v.pipe(
  stageKeys,
  v.forward(
    v.partialCheck(
      [['settings'], ['allowOtherHosts']],
      own => own.allowOtherHosts || isKustomersHost(own.settings.baseEndpoint),
      "a host of Kustomer's, like https://api.kustomerapp.com; any other one gets the API key and personal data, and needs allowOtherHosts: true in the stage",
    ),
    ['settings', 'baseEndpoint'],
  ),
)
