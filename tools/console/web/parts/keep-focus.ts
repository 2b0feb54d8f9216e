/** What the Tab key reaches. */
const reachable =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), summary, [tabindex="0"], [contenteditable="true"]'

/**
 * Keeps the focus in a part of the page. When the focused element is taken away, such as a row that leaves its list or a
 * button whose work is done, the browser drops the focus: then what followed the element gets it, else what was before
 * it, else the part itself. A click beside everything still drops it. Returns what ends this.
 */
export function keepFocus(part: HTMLElement): () => void {
  let places: HTMLElement[] = []
  const remember = ({ target }: Event) => {
    if (target instanceof HTMLElement && target !== part) places = placesFrom(target, part)
  }
  const forget = () => {
    places = []
  }
  const restore = () => {
    if (places.length === 0 || document.activeElement !== document.body) return
    const isFocused = places.some(place => {
      if (place.isConnected) place.focus({ preventScroll: true })
      return document.activeElement === place
    })
    if (!isFocused) part.focus({ preventScroll: true })
  }
  const observer = new MutationObserver(restore)
  observer.observe(part, { childList: true, subtree: true, attributeFilter: ['disabled'] })
  part.addEventListener('focusin', remember)
  document.addEventListener('pointerdown', forget, true)
  // A dialog gives the focus back to its opener, which may be gone.
  document.addEventListener('close', restore, true)
  return () => {
    observer.disconnect()
    part.removeEventListener('focusin', remember)
    document.removeEventListener('pointerdown', forget, true)
    document.removeEventListener('close', restore, true)
  }
}

/** The element, then what follows it in the part, then what is before it, the nearest first. */
function placesFrom(element: HTMLElement, part: HTMLElement): HTMLElement[] {
  const others = [...part.querySelectorAll<HTMLElement>(reachable)].filter(other => other !== element)
  const isAfter = (other: HTMLElement) =>
    (element.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
  return [element, ...others.filter(isAfter), ...others.filter(other => !isAfter(other)).reverse()]
}
