import type { Summary } from '../../../dead-letters/describe.ts'
import { Search } from '../parts/search.tsx'
import { Select } from '../parts/select.tsx'
import { refine, route } from '../state/route.ts'

/** The fields that choose which dead letters are listed. The address holds their values. */
export function LetterFilter({ letters, total }: { letters: Summary[]; total: string }) {
  const { code = '', type = '', q = '' } = route.value.params
  const codes = letters.map(letter => letter.code)
  const types = letters.flatMap(({ eventType }) => eventType ?? [])
  return (
    <div class="bar">
      <Select
        label="Reason"
        value={code}
        options={optionsOf(codes, code)}
        onChange={value => refine({ code: value })}
      />
      <Select
        label="Type"
        value={type}
        options={optionsOf(types, type)}
        onChange={value => refine({ type: value })}
      />
      <Search
        label="Search"
        value={q}
        placeholder="any text of the event, or a reason"
        onInput={text => refine({ q: text, event: '' })}
      />
      <small role="status">{total}</small>
    </div>
  )
}

/** The chosen value is offered also when no dead letter has it any more: a link may name it. */
function optionsOf(values: string[], chosen: string): (readonly [string, string])[] {
  const all = new Set([...values, chosen].filter(value => value !== ''))
  return [['', 'all'] as const, ...[...all].map(value => [value, value] as const)]
}
