import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/**
 * Returns the reference for the button of a row. If a link has opened a view with this row open, the row gets the focus
 * that the view got: the user goes on where the link led. Otherwise the focus stays where it is.
 */
export function useOpenRow(isOpen: boolean): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isOpen && document.activeElement?.matches('main')) button.current?.focus()
  }, [isOpen])
  return button
}
