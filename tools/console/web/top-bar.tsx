import { zone } from './parts/format.ts'
import { isUp, now } from './state/feed.ts'
import { hrefToLast } from './state/route.ts'
import { setup } from './state/setup.ts'
import { views } from './views.ts'

/** The bar at the top: the views, the number of dead letters, and whether the relay answers. */
export function TopBar({ open }: { open: string }) {
  const deadLetters = now.value?.status.deadLetters ?? 0
  return (
    <header class="top">
      <h1>Kustomer Relay</h1>
      <nav aria-label="Views">
        {views().map(({ name, title }) => (
          <a key={name} href={hrefToLast.value(name)} aria-current={name === open ? 'page' : undefined}>
            {title}
            {name === 'dead' && deadLetters > 0 && (
              <span class="badge">{deadLetters.toLocaleString('en')}</span>
            )}
          </a>
        ))}
      </nav>
      <p class={isUp.value === false ? 'link down' : 'link'} role="status" id="link">
        {linkText()}
      </p>
    </header>
  )
}

function linkText(): string {
  if (isUp.value === undefined) return 'connecting'
  if (!isUp.value) return 'no connection'
  const { name, version } = setup()
  return `${name} · live · ${version} · times in ${zone()}`
}
