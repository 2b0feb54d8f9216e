import type { KustomerRequest } from '../../server/kustomer-shapes.ts'
import { clock } from '../parts/format.ts'
import { hrefTo } from '../state/route.ts'

/** One request that the stand-in got, with its customer where that is known. */
export function RequestRow({ request }: { request: KustomerRequest }) {
  const { at, method, path, status, applied, externalId, name, isProbe } = request
  return (
    <tr>
      <td>
        <time>{clock(at)}</time>
      </td>
      <td>
        <b>{method}</b>
      </td>
      <td>
        <code>{path}</code>{' '}
        {externalId !== undefined && !isProbe && (
          <a href={hrefTo('person', { id: externalId })}>{name ?? externalId}</a>
        )}
        {isProbe && <small>a check of the doctor that changes nothing</small>}
      </td>
      <td>
        <b class={toneOf(status, isProbe)}>{status === 0 ? `dropped${applied ? ', stored' : ''}` : status}</b>
      </td>
    </tr>
  )
}

/** A probe is meant to be refused. */
function toneOf(status: number, isProbe: boolean | undefined): string {
  if (isProbe) return ''
  if (status >= 200 && status < 300) return 'good'
  return status === 404 ? 'warn' : 'bad'
}
