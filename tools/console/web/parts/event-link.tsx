import type { ComponentChildren } from 'preact'
import type { EventRow } from '../../server/shapes.ts'
import { hrefTo } from '../state/route.ts'

interface EventLinkProps {
  row: Pick<EventRow, 'key'>
  children: ComponentChildren
}

/** A link to an event in the view "Flow", where its row is open. */
export function EventLink({ row, children }: EventLinkProps) {
  return <a href={hrefTo('flow', { open: row.key })}>{children}</a>
}
