import type { Locator, Page } from 'playwright-core'

/** The steps of a user on the console, by the texts on the page. */
export interface Steps {
  /** The open view. */
  view(): Locator
  open(view: string): Promise<void>
  /** Writes an event, or a text as it is, into the editor of Try. */
  write(event: unknown): Promise<void>
  editor(): Locator
  /** The body that Try shows. */
  call(): Locator
  press(button: string): Promise<void>
  /** Opens the row with this text. */
  openRow(text: string): Promise<void>
  /** Writes an event, waits for its call, and sends it. `mark` is a text in the call. */
  send(event: unknown, mark: string): Promise<void>
  /** Waits until the last sent event is in this state. */
  ended(state: string): Promise<void>
  /** Replays what was chosen: confirms the question, which has this text. */
  confirm(question: string): Promise<void>
}

/** The steps on a page. */
export function stepsOn(page: Page): Steps {
  const view = () => page.getByRole('main')
  const editor = () => page.getByRole('textbox', { name: 'Event' })
  const call = () => page.getByRole('region', { name: 'Body of the write' })
  const open = (name: string) => page.getByRole('navigation').getByRole('link', { name }).click()
  const press = (button: string) => view().getByRole('button', { name: button, exact: true }).click()
  const write = async (event: unknown) => {
    // Not `fill`: it selects in the page and writes a moment later, and a remark that comes in between moves the cursor.
    await editor().focus()
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.press('Delete')
    await page.keyboard.insertText(typeof event === 'string' ? event : JSON.stringify(event, null, 2))
  }
  return {
    view,
    editor,
    call,
    open,
    press,
    write,
    openRow: text => view().locator('.row', { hasText: text }).first().click(),
    async send(event, mark) {
      await open('Try')
      await write(event)
      await call().getByText(mark).first().waitFor()
      await press('Send')
    },
    ended: state => view().locator('.status .state', { hasText: state }).waitFor(),
    async confirm(question) {
      const dialog = page.getByRole('dialog')
      await dialog.getByText(question).waitFor()
      await dialog.getByRole('button', { name: /^Replay/ }).click()
    },
  }
}
