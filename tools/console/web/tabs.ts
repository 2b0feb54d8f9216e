/** Starts the tabs (ARIA pattern): arrow keys, Home and End move between them. The URL's hash names the open view. */
export function startTabs(onShow: (name: string) => void): void {
  const tabs = [...document.querySelectorAll<HTMLButtonElement>('[role=tab]')]
  const nameOf = (tab: HTMLElement) => tab.getAttribute('aria-controls') ?? ''
  const show = (name: string) => {
    const chosen = tabs.find(tab => nameOf(tab) === name) ?? tabs[0]
    for (const tab of tabs) {
      const isChosen = tab === chosen
      tab.setAttribute('aria-selected', String(isChosen))
      tab.tabIndex = isChosen ? 0 : -1
      const panel = document.getElementById(nameOf(tab))
      if (panel) panel.hidden = !isChosen
    }
    if (chosen) onShow(nameOf(chosen))
  }
  const go = (tab: HTMLButtonElement | undefined) => {
    if (!tab) return
    // Not by setting the hash: that would move the focus.
    if (location.hash !== `#${nameOf(tab)}`) history.pushState(null, '', `#${nameOf(tab)}`)
    show(nameOf(tab))
    tab.focus()
  }
  for (const [i, tab] of tabs.entries()) {
    tab.addEventListener('click', () => go(tab))
    tab.addEventListener('keydown', event => {
      const next = { ArrowRight: i + 1, ArrowLeft: i - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[
        event.key
      ]
      if (next === undefined) return
      event.preventDefault()
      go(tabs[next % tabs.length])
    })
  }
  addEventListener('popstate', () => show(location.hash.slice(1)))
  show(location.hash.slice(1))
}
