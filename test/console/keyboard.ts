import type { Locator, Page } from 'playwright-core'
import { until } from '../system/relay-harness.ts'

/** A user without a mouse: everything is done with keys at the focus. */
export interface Keyboard {
  press(key: string): Promise<void>
  /** Replaces the text of the focused field or editor. */
  write(text: string): Promise<void>
  /** Presses Tab until this element has the focus. `from: 'end'` presses Shift+Tab. Throws if the way is too long. */
  tabTo(target: Locator, from?: 'start' | 'end'): Promise<void>
  /** Goes to this element and presses Enter. */
  enter(target: Locator, from?: 'start' | 'end'): Promise<void>
  /** The label or the text of what has the focus; an empty text if the focus is lost. */
  focused(): Promise<string>
}

/** More steps than any way on the page has. */
const maxSteps = 70

/** The keyboard of a page. Each place that gets the focus on the way must show it. */
export function keyboardOn(page: Page): Keyboard {
  const look = () => page.evaluate(lookAtFocus)
  const press = (key: string) => page.keyboard.press(key)
  const tabTo = async (target: Locator, from: 'start' | 'end' = 'start') => {
    const way: string[] = []
    for (let step = 0; step < maxSteps; step++) {
      const { name } = await look()
      way.push(name)
      await until(async () => (await look()).isVisible, `an outline around ${name}`, 5)
      if (await has(target)) return
      await press(from === 'end' ? 'Shift+Tab' : 'Tab')
    }
    throw new Error(`${target} is not on the way: ${way.join(' > ')}`)
  }
  return {
    press,
    tabTo,
    async write(text) {
      await press('ControlOrMeta+a')
      await page.keyboard.insertText(text)
    },
    async enter(target, from) {
      await tabTo(target, from)
      await press('Enter')
    },
    focused: async () => (await look()).name,
  }
}

async function has(target: Locator): Promise<boolean> {
  const [element] = await target.all()
  return (await element?.evaluate(one => one === one.ownerDocument.activeElement)) ?? false
}

/** What has the focus, and whether it can be seen: an outline of it or of a frame around it, inside the window. */
const lookAtFocus = `(() => {
  const focused = document.activeElement
  if (!focused || focused === document.body) return { name: '', isVisible: true }
  const label = focused.getAttribute('aria-label') || focused.closest('label')?.textContent || focused.textContent
  const { top, bottom } = focused.getBoundingClientRect()
  const frames = [focused, focused.parentElement, focused.parentElement?.parentElement].filter(Boolean)
  const isOutlined = frames.some(frame => {
    const { outlineStyle, outlineWidth } = getComputedStyle(frame)
    return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0
  })
  const isInside = bottom > 0 && top < innerHeight
  return { name: label.trim().slice(0, 60), isVisible: isOutlined && isInside }
})()` as unknown as () => { name: string; isVisible: boolean }
