import type { CallReport } from '../kustomer/client.ts'

/** Whether a request was answered as most are: with 2xx, or with 404 where a look-up found nobody. */
export function isUsual({ kind, status = 0 }: CallReport): boolean {
  return (status >= 200 && status < 300) || (kind === 'find' && status === 404)
}

/** The value of the metric's dimension `status`: `2xx` and so on, `429` on its own, `none` without an answer. */
export function statusClass(status: number | undefined): string {
  if (status === undefined) return 'none'
  return status === 429 ? '429' : `${Math.floor(status / 100)}xx`
}
