import type { Preview } from '../../server/shapes.ts'
import { pathOf } from '../parts/format.ts'
import { JsonView } from '../parts/json-view.tsx'
import { Sentence } from '../parts/sentence.tsx'
import { hrefTo, type Params } from '../state/route.ts'

interface OutcomeProps {
  preview: Preview
  /** Where Try finds the event, for the link to a setting that would help. */
  source: Params
}

/** A preview: its requests and the body of the write, or the reason why there are none. */
export function Outcome({ preview, source }: OutcomeProps) {
  if (preview.kind === 'settings')
    return <Refusal tone="bad" text="These settings are invalid." sentences={preview.sentences} />
  if (preview.kind === 'error')
    return <Refusal tone="bad" text={`Refused: ${preview.code}`} sentences={[preview.message]} />
  if (preview.kind === 'skip')
    return <Refusal tone="quiet" text={`Not delivered: ${preview.why}.`} sentences={[]} />
  return (
    <>
      {preview.faults.length === 0 ? (
        <small>This fits Kustomer’s schemas, as far as they are known.</small>
      ) : (
        <article class="notice bad">
          <p>Kustomer would refuse this call.</p>
          <ul>
            {preview.faults.map(({ path, sentence }) => (
              <li key={path}>
                <Sentence text={sentence} />
              </li>
            ))}
          </ul>
          {preview.isHelpedByAdvanced && <Help source={source} />}
        </article>
      )}
      <table aria-label="Requests">
        <tbody>
          {preview.requests.map(({ method, url, when }) => (
            <tr key={`${method} ${url}`} title={url}>
              <td>
                <b>{method}</b>
              </td>
              <td>
                <code>{pathOf(url)}</code>
              </td>
              <td>
                <small>{when}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <JsonView value={preview.body} label="Body of the write" />
    </>
  )
}

/** Leads to Try, where the switch that would help is on. */
function Help({ source }: { source: Params }) {
  return (
    <p>
      <a href={hrefTo('try', { ...source, set: 'advancedTransform.on' })}>With advancedTransform on</a>,
      Kustomer would take this call.
    </p>
  )
}

interface RefusalProps {
  tone: 'bad' | 'quiet'
  text: string
  sentences: string[]
}

function Refusal({ tone, text, sentences }: RefusalProps) {
  return (
    <article class={`notice ${tone}`}>
      <p>{text}</p>
      {sentences.map(sentence => (
        <p key={sentence}>
          <Sentence text={sentence} />
        </p>
      ))}
    </article>
  )
}
