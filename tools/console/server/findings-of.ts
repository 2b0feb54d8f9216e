import { examine } from '../../doctor/examine.ts'
import type { Finding } from '../../doctor/finding.ts'
import type { Subject } from '../../doctor/subject.ts'

/** Returns what the doctor finds at a relay. It sends no event. */
export async function findingsOf(subject: Subject): Promise<Finding[]> {
  const findings: Finding[] = []
  for await (const finding of examine(subject, false, () => {})) findings.push(finding)
  return findings
}
