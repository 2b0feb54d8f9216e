import { queue } from '../../lib/policy.ts'
import { type Check, dig, pointed, resourcesOf, type Template } from './template.ts'

const day = 86_400
/** The minimum that Lambda takes as the maximum concurrency of an event source. */
const leastConcurrency = 2
/** CloudFormation's defaults for missing properties. */
const usual = { visibilitySeconds: 30, timeoutSeconds: 3, retentionSeconds: 4 * day }

/**
 * Checks that the visibility time-out is at least 6 × the function's, so that no message is received twice at a time.
 */
export const visibilityOutlastsWorker: Check = template =>
  sources(template).flatMap(({ id, fn, from }) => {
    const timeout = Number(dig(fn, 'Timeout') ?? usual.timeoutSeconds)
    const visibility = Number(dig(from, 'VisibilityTimeout') ?? usual.visibilitySeconds)
    const least = timeout * queue.visibilityTimeouts
    return visibility >= least ? [] : [`${id}: visibility ${visibility} s is less than ${least} s`]
  })

/**
 * Checks that the maximum concurrency is between 2 and the reserved one, and is the number that the worker divides by.
 */
export const concurrencyFits: Check = template =>
  sources(template).flatMap(({ id, fn, maximum }) => {
    const reserved = Number(dig(fn, 'ReservedConcurrentExecutions') ?? Number.POSITIVE_INFINITY)
    const paced = Number(dig(fn, 'Environment', 'Variables', 'WORKER_CONCURRENCY'))
    return [
      maximum >= leastConcurrency ? '' : `${id}: maximum concurrency ${maximum} is less than 2`,
      maximum <= reserved ? '' : `${id}: maximum concurrency ${maximum} is above the reserved ${reserved}`,
      maximum === paced
        ? ''
        : `${id}: maximum concurrency ${maximum}, but the worker divides its rate by ${paced}`,
    ].filter(Boolean)
  })

/**
 * Checks that the worker reports failed messages: without partial responses one failure would repeat the whole batch.
 */
export const answersArePartial: Check = template =>
  resourcesOf(template, 'AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => dig(properties, 'FunctionResponseTypes', 0) !== 'ReportBatchItemFailures')
    .map(({ id }) => `${id}: no partial batch responses`)

/** Checks that each queue has a dead-letter queue of the same type, which keeps messages at least as long. */
export const deadLettersFit: Check = template =>
  resourcesOf(template, 'AWS::SQS::Queue').flatMap(({ id, properties }) => {
    if (dig(properties, 'RedriveAllowPolicy') !== undefined) return []
    const dead = pointed(template, dig(properties, 'RedrivePolicy', 'deadLetterTargetArn'))?.properties
    if (!dead) return [`${id}: no dead-letter queue`]
    const isSameKind = (dig(dead, 'FifoQueue') ?? false) === (dig(properties, 'FifoQueue') ?? false)
    return [
      isSameKind ? '' : `${id}: its dead-letter queue is not of its kind (FIFO or not)`,
      retention(dead) >= retention(properties)
        ? ''
        : `${id}: its dead letters are deleted before its messages`,
    ].filter(Boolean)
  })

function retention(properties: Record<string, unknown>) {
  return Number(dig(properties, 'MessageRetentionPeriod') ?? usual.retentionSeconds)
}

function sources(template: Template) {
  return resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(({ id, properties }) => ({
    id,
    fn: pointed(template, dig(properties, 'FunctionName'))?.properties,
    from: pointed(template, dig(properties, 'EventSourceArn'))?.properties,
    maximum: Number(dig(properties, 'ScalingConfig', 'MaximumConcurrency')),
  }))
}
