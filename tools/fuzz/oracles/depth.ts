import { webhook } from '../../../lib/policy.ts'

/**
 * Whether a JSON text may be nested deeper than the webhook accepts. `JSON.stringify` overflows the stack at about 4,000
 * levels, so what only reads accepted events need not take such a text.
 */
export function mayBeTooDeep(text: string): boolean {
  return (text.match(/[[{]/g)?.length ?? 0) > webhook.maxDepth
}
