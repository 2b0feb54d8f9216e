import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { ConfirmDialog } from './parts/confirm-dialog.tsx'
import { keepFocus } from './parts/keep-focus.ts'
import { isUp, now } from './state/feed.ts'
import { route } from './state/route.ts'
import { setup } from './state/setup.ts'
import { TopBar } from './top-bar.tsx'
import { views } from './views.ts'

/** The whole page: the bar with the views, and the view that the address names. */
export function App() {
  const known = openView()
  const title = known?.title ?? ''
  const main = useMain(title)
  useEffect(() => {
    document.title = `${title} · ${setup().name} · Kustomer Relay`
  }, [title])
  return (
    <>
      <TopBar open={known?.name ?? ''} />
      <main ref={main} tabIndex={-1} class="container" aria-label={title}>
        {known && <known.View />}
      </main>
      <ConfirmDialog />
    </>
  )
}

/** The view that the address names. Without one the feed decides, when it is there. */
function openView() {
  const { view } = route.value
  if (view === '' && now.value === undefined && isUp.value !== false) return undefined
  return views().find(({ name }) => name === view) ?? views()[0]
}

/** Keeps the focus in the open view. A link that was pressed goes away with its view: then the new view has the focus. */
function useMain(title: string) {
  const main = useRef<HTMLElement>(null)
  const shown = useRef(title)
  useEffect(() => (main.current ? keepFocus(main.current) : undefined), [])
  useLayoutEffect(() => {
    if (shown.current === title) return
    const isFirst = shown.current === ''
    shown.current = title
    if (!isFirst && document.activeElement === document.body) main.current?.focus()
  }, [title])
  return main
}
