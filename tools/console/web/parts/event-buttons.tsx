import type { Preview } from '../../server/shapes.ts'
import { hrefTo, type Params } from '../state/route.ts'
import { CopyButton } from './copy-button.tsx'
import { curlOf } from './shell.ts'

interface EventButtonsProps {
  event: unknown
  preview: Preview | undefined
  /** Where Try finds the event. */
  source: Params
}

/** What can be done with the body of an event: open it in Try, or copy it, its `curl` command, or its call. */
export function EventButtons({ event, preview, source }: EventButtonsProps) {
  const json = (value: unknown) => () => JSON.stringify(value, null, 2)
  return (
    <>
      {event !== undefined && (
        <>
          <a href={hrefTo('try', source)}>Open in Try</a>
          <CopyButton label="Copy event" text={json(event)} />
          <CopyButton label="Copy curl" text={() => curlOf(event)} />
        </>
      )}
      {preview?.kind === 'call' && <CopyButton label="Copy call" text={json(preview.body)} />}
    </>
  )
}
