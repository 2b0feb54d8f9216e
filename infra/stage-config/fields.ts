import { isIP } from 'node:net'
import { RetentionDays } from 'aws-cdk-lib/aws-logs'
import * as v from 'valibot'
import { isNoList } from './exact.ts'

/** A whole number within bounds, both included. */
export function whole(min: number, max: number) {
  return v.custom<number>(
    x => Number.isInteger(x) && Number(x) >= min && Number(x) <= max,
    `a whole number from ${min} to ${max}`,
  )
}

/** A share: a number from 0.01 to 1. */
export const share = v.custom<number>(
  x => typeof x === 'number' && x >= 0.01 && x <= 1,
  'a number from 0.01 to 1',
)

/** The boolean true or false, not a text. */
export const yesOrNo = v.boolean('true or false')

/**
 * An https origin, since personal data and a key are sent there: scheme and host only. Trailing slashes are dropped.
 */
export const httpsOrigin = v.pipe(
  v.custom<string>(isHttpsOrigin, 'an https URL of a host alone, like https://api.kustomerapp.com'),
  v.transform(text => new URL(text).origin),
)

/** A retention in days that CloudWatch Logs supports. Logs cannot be kept without an end. */
export const retentionDays = v.custom<RetentionDays>(
  x => RetentionDays[Number(x)] !== undefined && typeof x === 'number' && x !== RetentionDays.INFINITE,
  'a number of days that CloudWatch Logs supports (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400 …)',
)

/** One e-mail address. */
export const email = matching(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'an e-mail address')

/** A host's name, like `events.example.com`. */
export const hostName = matching(
  /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
  "a host's name in lower case, like events.example.com",
)

/** An AWS region, like `eu-west-1`. */
export const region = matching(/^[a-z]{2,3}(-[a-z]+)+-\d$/, 'an AWS region, like eu-west-1')

/** The ARN of a certificate in Certificate Manager; it must be of the stack's own region. */
export const certificateArn = matching(
  /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/,
  'the ARN of a certificate (arn:aws:acm:REGION:ACCOUNT:certificate/ID)',
)

/** The ARN of an SNS topic. CloudWatch publishes to standard topics only. */
export const topicArn = matching(
  /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+$/,
  'the ARN of a standard SNS topic (arn:aws:sns:REGION:ACCOUNT:NAME)',
)

/** The ARN of a key in KMS: the key itself, since policies do not take an alias. */
export const kmsKeyArn = matching(
  /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
  'the ARN of a key (arn:aws:kms:REGION:ACCOUNT:key/ID)',
)

/** A list of addresses and ranges of addresses, like `198.51.100.7` and `2001:db8::/32`; not empty. */
export const sourceIps = v.custom<string[]>(
  x => Array.isArray(x) && x.length > 0 && x.length <= 100 && x.every(isIpRange),
  'a list of up to 100 IP addresses or ranges, like ["198.51.100.7", "203.0.113.0/24"]',
)

/** The name of a secret. Kustomer's keys are JWTs, which match the pattern of a name, so JWTs are refused. */
export const secretName = matching(
  /^(?!eyJ)[\w/+=.@-]{1,256}$/,
  'the name of a secret in Secrets Manager (never its value)',
)

/** A tag's key and value, as AWS takes them. */
export const tags = v.pipe(
  v.custom(isNoList, 'an object of texts'),
  v.record(
    matching(/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}$/iu, "a tag's name, not starting with aws:"),
    matching(
      /^[\p{L}\p{Z}\p{N}_.:/=+@-]{0,256}$/u,
      "a tag's value: up to 256 letters, digits, blanks and _.:/=+@-",
    ),
    'an object of texts',
  ),
)

function matching(pattern: RegExp, expected: string) {
  return v.custom<string>(x => typeof x === 'string' && pattern.test(x), expected)
}

function isIpRange(x: unknown) {
  const [address = '', bits, ...rest] = String(x).split('/')
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  return rest.length === 0 && (bits === undefined ? most > 0 : /^\d{1,3}$/.test(bits) && Number(bits) <= most)
}

function isHttpsOrigin(x: unknown) {
  if (typeof x !== 'string' || !URL.canParse(x)) return false
  const url = new URL(x)
  return url.protocol === 'https:' && x.trim().replace(/\/+$/, '').toLowerCase() === url.origin
}
