import { jsonLanguage } from '@codemirror/lang-json'
import { classHighlighter, highlightCode } from '@lezer/highlight'
import { type ComponentChild, Fragment } from 'preact'
import { useMemo } from 'preact/hooks'

/** Characters above which a text is shown without colours: one element for each word would be slow. */
const maxColoured = 60_000

/** A value as indented and coloured JSON. All content is text, never markup. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  const text =
    typeof value === 'string' && label.endsWith('text') ? value : (JSON.stringify(value, null, 2) ?? '')
  const content = useMemo(() => coloured(text), [text])
  return (
    <section aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
      <pre tabIndex={0}>
        <code>{content}</code>
      </pre>
    </section>
  )
}

function coloured(text: string): ComponentChild {
  if (text.length > maxColoured) return text
  const parts: ComponentChild[] = []
  highlightCode(
    text,
    jsonLanguage.parser.parse(text),
    classHighlighter,
    (code, classes) => parts.push(classes ? <span class={classes}>{code}</span> : code),
    () => parts.push('\n'),
  )
  return <Fragment>{parts}</Fragment>
}
