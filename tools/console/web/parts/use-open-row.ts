import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/**
 * Returns the reference for the button or summary of a row. If a link has opened a view with this row open, the row gets
 * the focus that the view got, in the middle of the page: the user goes on where the link led. Otherwise the focus stays
 * where it is.
 */
export function useOpenRow<T extends HTMLElement = HTMLButtonElement>(isOpen: boolean): RefObject<T | null> {
  const button = useRef<T>(null)
  useEffect(() => {
    if (!isOpen || !document.activeElement?.matches('main, body')) return
    button.current?.focus()
    button.current?.scrollIntoView({ block: 'center' })
  }, [isOpen])
  return button
}
