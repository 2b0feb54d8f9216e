import { readFileSync } from 'node:fs'
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
} from 'aws-cdk-lib'
import { keysByServiceAlone, noStrangers, noWildcards, tlsAlone } from './permissions.ts'
import { answersArePartial, concurrencyFits, deadLettersFit, visibilityOutlastsWorker } from './queues.ts'
import { failedCreationsLeaveNothing } from './retention.ts'
import { noSecretValues } from './secrecy.ts'
import { recordsExpire, tableRightsAreLeast, tablesAreGuarded } from './tables.ts'
import type { Check } from './template.ts'
import { alarmsAreHeard, logsEnd, topicsAreEncrypted } from './watching.ts'

/** The invariants of the stack, checked on its template. */
export const invariants: Record<string, Check> = {
  visibilityOutlastsWorker,
  concurrencyFits,
  answersArePartial,
  deadLettersFit,
  noWildcards,
  keysByServiceAlone,
  noStrangers,
  tlsAlone,
  logsEnd,
  alarmsAreHeard,
  topicsAreEncrypted,
  noSecretValues,
  recordsExpire,
  tablesAreGuarded,
  tableRightsAreLeast,
  failedCreationsLeaveNothing,
}

/** Checks the invariants of every template at synth, so that a stack that breaks one is never deployed. */
export class StackInvariants implements IPolicyValidationPlugin {
  readonly name = 'StackInvariants'

  /** Reads the synthesized templates. Every broken invariant fails the synth with a message. */
  validate({ templatePaths }: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = templatePaths.flatMap(templatePath => {
      const template = JSON.parse(readFileSync(templatePath, 'utf8'))
      return Object.entries(invariants).flatMap(([ruleName, check]) =>
        check(template).map(description => ({
          ruleName,
          description,
          violatingResources: [
            { resourceLogicalId: description.split(':')[0] ?? '', templatePath, locations: [] },
          ],
        })),
      )
    })
    return { success: violations.length === 0, violations }
  }
}
