interface SelectProps {
  label: string
  value: string
  /** Values, or pairs of a value and its text. */
  options: (string | readonly [value: string, text: string])[]
  isWide?: boolean
  onChange(value: string): void
}

/** A labelled choice of one of several values. */
export function Select({ label, value, options, isWide, onChange }: SelectProps) {
  return (
    <label class={isWide ? 'wide' : ''}>
      {label}
      <select value={value} onChange={event => onChange(event.currentTarget.value)}>
        {options.map(option => {
          const [name, text] = typeof option === 'string' ? [option, option] : option
          return (
            <option key={name} value={name}>
              {text}
            </option>
          )
        })}
      </select>
    </label>
  )
}
