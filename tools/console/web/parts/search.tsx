interface SearchProps {
  label: string
  value: string
  placeholder: string
  onInput(text: string): void
}

/** A labelled search field. */
export function Search({ label, value, placeholder, onInput }: SearchProps) {
  return (
    <label class="wide">
      {label}
      <input
        type="search"
        value={value}
        placeholder={placeholder}
        spellcheck={false}
        autocomplete="off"
        onInput={event => onInput(event.currentTarget.value)}
      />
    </label>
  )
}
