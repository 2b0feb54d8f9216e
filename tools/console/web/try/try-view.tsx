import { useEffect } from 'preact/hooks'
import { Select } from '../parts/select.tsx'
import { refine, route } from '../state/route.ts'
import { setup } from '../state/setup.ts'
import { Editor } from './editor.tsx'
import { download, fixtureName, testFixture } from './fixture.ts'
import { Outcome } from './outcome.tsx'
import { startPreviewing } from './previewing.ts'
import { send } from './sending.ts'
import { SentStatus } from './sent-status.tsx'
import { SettingEffects } from './setting-effects.tsx'
import { SettingsDifference } from './settings-difference.tsx'
import { SettingsForm } from './settings-form.tsx'
import { isUsable, parsed, preview, previewProblem, remarks, settings, text } from './state.ts'
import { useSource } from './use-source.ts'

/** The view "Try": an event on the left, and on the right what the relay does with it. */
export function TryView() {
  const problem = useSource()
  useEffect(startPreviewing, [])
  const { samples, may } = setup()
  const sampleOptions = [
    ...samples.map(({ title }, i) => [String(i), title] as const),
    ['', ownTitle()] as const,
  ]
  const sendNow = () => {
    if (may.send && isUsable.peek()) void send()
  }
  return (
    <>
      <div class="bar">
        <Select
          label="Sample"
          isWide
          value={route.value.params.sample ?? ''}
          options={sampleOptions}
          onChange={choose}
        />
        {may.send && (
          <button type="button" disabled={!isUsable.value} onClick={sendNow} title="Ctrl+Enter">
            Send
          </button>
        )}
        <button type="button" class="secondary outline" disabled={!isUsable.value} onClick={saveFixture}>
          Save as test fixture
        </button>
      </div>
      <SentStatus />
      <SettingsForm />
      <SettingEffects />
      <SettingsDifference />
      {(problem || previewProblem.value) !== '' && (
        <article class="notice bad">{problem || previewProblem.value}</article>
      )}
      <div class="grid">
        <section>
          <h2>RudderStack event</h2>
          <Editor
            label="Event"
            text={text}
            keys={`Tab leaves the editor.${may.send ? ' Ctrl+Enter sends the event.' : ''}`}
            remarks={remarks.value}
            onInput={write}
            onSubmit={sendNow}
          />
        </section>
        <section>
          <h2>Kustomer call</h2>
          {'why' in parsed.value
            ? text.value !== '' && <article class="notice">Not JSON yet.</article>
            : preview.value && <Outcome preview={preview.value.value} source={route.value.params} />}
        </section>
      </div>
    </>
  )
}

/** What the select says where the event is of no sample. */
function ownTitle(): string {
  const { event = '', letter = '' } = route.value.params
  if (letter !== '') return 'the event of a dead letter'
  return event !== '' ? `the event ${event}` : 'your own event'
}

const template = { type: 'track', userId: 'alice', event: 'Order Completed', properties: {} }

/** Opens a sample, or an event to fill in. */
function choose(sample: string) {
  if (sample === '') text.value = JSON.stringify(template, null, 2)
  refine({ sample, event: '', letter: '' }, true)
}

/** What is typed is an event of its own: the address no longer names where the text came from. */
function write(typed: string) {
  if (typed === text.peek()) return
  text.value = typed
  refine({ sample: '', event: '', letter: '' })
}

function saveFixture() {
  const event = parsed.peek()
  const made = preview.peek()
  if ('value' in event && made)
    download(
      testFixture(event.value, settings.peek(), setup().defaults, made.value),
      fixtureName(event.value),
    )
}
