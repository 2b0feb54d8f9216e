import { useEffect, useState } from 'preact/hooks'

interface CopyProps {
  label: string
  /** The text to copy; computed when the button is pressed. */
  text(): string
}

const shownMs = 1_500

/** A button that copies a text, and says so for a moment. */
export function CopyButton({ label, text }: CopyProps) {
  const [said, say] = useState('')
  useEffect(() => {
    if (said === '') return
    const timer = setTimeout(() => say(''), shownMs)
    return () => clearTimeout(timer)
  }, [said])
  const copy = () =>
    navigator.clipboard.writeText(text()).then(
      () => say('Copied'),
      () => say('The browser did not allow it'),
    )
  return (
    <button type="button" class="secondary outline" onClick={() => void copy()}>
      <span aria-live="polite">{said || label}</span>
    </button>
  )
}
