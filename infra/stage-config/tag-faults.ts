import type { StageFault } from './stage-config-error.ts'

/** The tags that every stage has. A stage may give them another value under the same name. */
export function builtInTags(stage: string): Record<string, string> {
  return { application: 'kustomer-relay', stage }
}

/**
 * Finds tags whose names differ from another tag's only in the case of letters. IAM ignores the case of tag names, so
 * the deployment of a role with both would fail (docs.aws.amazon.com, IAM user guide, "Tags for IAM resources", read
 * 2026-11-26).
 */
export function tagFaults(tags: Record<string, string>, builtIn: Record<string, string>): StageFault[] {
  const names = [...new Set([...Object.keys(builtIn), ...Object.keys(tags)])]
  return Object.keys(tags).flatMap(name => {
    const earlier = names.slice(0, names.indexOf(name))
    const same = earlier.find(other => other.toLowerCase() === name.toLowerCase())
    if (same === undefined) return []
    return {
      path: `tags.${name}`,
      expected: `no second tag ${same}: IAM ignores the case of tag names`,
      found: JSON.stringify(name),
    }
  })
}
