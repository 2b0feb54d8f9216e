import { examine } from '../../doctor/examine.ts'
import type { Finding } from '../../doctor/finding.ts'
import type { Subject } from '../../doctor/subject.ts'

/** Returns what the doctor finds at a relay. It sends no event. */
export async function findingsOf(subject: Subject): Promise<Finding[]> {
  const findings: Finding[] = []
  const waiting = { onWait: () => {}, signal: new AbortController().signal }
  for await (const finding of examine(subject, false, waiting)) findings.push(finding)
  return findings
}
