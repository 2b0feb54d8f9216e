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

function isHttpsOrigin(x: unknown) {
  if (typeof x !== 'string' || !URL.canParse(x)) return false
  const url = new URL(x)
  return url.protocol === 'https:' && x.trim().replace(/\/+$/, '').toLowerCase() === url.origin
}
