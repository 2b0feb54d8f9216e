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
      <nav class="container" aria-label="Views">
        <ul>
          <li>
            <h1>Kustomer Relay</h1>
          </li>
          {views().map(({ name, title }) => (
            <li key={name}>
              <a
                href={hrefToLast.value(name)}
                class={name === open ? 'contrast' : 'secondary'}
                aria-current={name === open ? 'page' : undefined}
              >
                {title}{' '}
                {name === 'dead' && deadLetters > 0 && <mark>{deadLetters.toLocaleString('en')}</mark>}
              </a>
            </li>
          ))}
        </ul>
        <small role="status" id="link">
          <span class={isUp.value ? 'good' : 'bad'}>● </span>
          {linkText()}
        </small>
      </nav>
    </header>
  )
}

function linkText(): string {
  if (isUp.value === undefined) return 'connecting'
  if (!isUp.value) return 'no connection'
  const { name, version } = setup()
  return `${name} · live · ${version} · times in ${zone()}`
}
