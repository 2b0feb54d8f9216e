import { type Advice, attributeAdvice, customAdvice, metaAdvice } from '../../lib/kustomer/advice.ts'
import { conflictAdvice, statusAdvice } from '../../lib/kustomer/reason.ts'

/** Returns the table of the causes in a dead letter's reason, with what to do about each. */
export function reasonTable(): string {
  const rows: [string, Partial<Advice>][] = [
    ...rowsOf('`meta.*`: the properties of an event', metaAdvice),
    ...rowsOf('`custom.*`: custom attributes', customAdvice),
    ...rowsOf('any other attribute', attributeAdvice),
    ...rowsOf('a conflict (409)', conflictAdvice),
    ...Object.entries(statusAdvice).map(([status, advice]): [string, Partial<Advice>] => [status, advice]),
  ]
  const lines = rows.flatMap(([about, { cause, toDo }]) =>
    toDo ? [`| ${about} | ${cause} | ${toDo} |`] : [],
  )
  return ['| about | cause | what to do |', '|---|---|---|', ...lines].join('\n')
}

function rowsOf(about: string, table: Partial<Record<string, Advice>>): [string, Partial<Advice>][] {
  return Object.values(table).map(advice => [about, advice ?? {}])
}
