import type { KustomerRequest } from '../../server/kustomer-shapes.ts'
import { clock } from '../parts/format.ts'
import { hrefTo } from '../state/route.ts'

/** One request that the stand-in got, with its customer where that is known. */
export function RequestRow({ request }: { request: KustomerRequest }) {
  const { at, method, path, status, applied, externalId, name, isProbe } = request
  const isGood = status >= 200 && status < 300
  return (
    <li>
      <time>{clock(at)}</time>
      <b class={`method ${method}`}>{method}</b>
      <code>{path}</code>
      {externalId !== undefined && !isProbe && (
        <a href={hrefTo('person', { id: externalId })}>{name ?? externalId}</a>
      )}
      {isProbe ? (
        <span class="what">{status}, a check of the doctor that changes nothing</span>
      ) : (
        <span class={isGood ? 'good' : status === 404 ? 'warn' : 'bad'}>
          {status === 0 ? `dropped${applied ? ', stored' : ''}` : status}
        </span>
      )}
    </li>
  )
}
