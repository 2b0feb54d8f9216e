import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { ConfirmDialog } from './parts/confirm-dialog.tsx'
import { keepFocus } from './parts/keep-focus.ts'
import { route } from './state/route.ts'
import { setup } from './state/setup.ts'
import { TopBar } from './top-bar.tsx'
import { views } from './views.ts'

/** The whole page: the bar with the views, and the view that the address names. */
export function App() {
  const known = views().find(({ name }) => name === route.value.view) ?? views()[0]
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

/** Keeps the focus in the open view. A link that was pressed goes away with its view: then the new view has the focus. */
function useMain(title: string) {
  const main = useRef<HTMLElement>(null)
  const shown = useRef(title)
  useEffect(() => (main.current ? keepFocus(main.current) : undefined), [])
  useLayoutEffect(() => {
    if (shown.current === title) return
    shown.current = title
    if (document.activeElement === document.body) main.current?.focus()
  }, [title])
  return main
}
