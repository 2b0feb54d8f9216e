import type { Check } from './template.ts'

/**
 * Checks that no resource is retained when its own creation is rolled back. `Retain` would keep it, and its fixed name
 * would block the next deployment; `RetainExceptOnCreate` deletes it then, and retains it ever after
 * (docs.aws.amazon.com, CloudFormation template reference, "DeletionPolicy attribute", read 2026-11-26).
 */
export const failedCreationsLeaveNothing: Check = template =>
  Object.entries(template.Resources)
    .filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain')
    .map(([id]) => `${id}: stays after a failed creation and blocks the next one`)
