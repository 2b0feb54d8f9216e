import { useEffect } from 'preact/hooks'
import { ConfirmDialog } from './parts/confirm-dialog.tsx'
import { route } from './state/route.ts'
import { setup } from './state/setup.ts'
import { TopBar } from './top-bar.tsx'
import { views } from './views.ts'

/** The whole page: the bar with the views, and the view that the address names. */
export function App() {
  const known = views().find(({ name }) => name === route.value.view) ?? views()[0]
  const title = known?.title ?? ''
  useEffect(() => {
    document.title = `${title} · ${setup().name} · Kustomer Relay`
  }, [title])
  return (
    <>
      <TopBar open={known?.name ?? ''} />
      <main aria-label={title}>{known && <known.View />}</main>
      <ConfirmDialog />
    </>
  )
}
