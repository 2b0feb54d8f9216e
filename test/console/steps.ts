import type { Locator, Page } from 'playwright-core'

/** The steps of a user on the console, by the texts on the page. */
export interface Steps {
  /** The open view. */
  panel(): Locator
  open(view: string): Promise<void>
  /** Writes an event into the editor of Try. */
  write(event: unknown): Promise<void>
  editor(): Locator
  /** The body that Try shows. */
  call(): Locator
  press(button: string): Promise<void>
  /** Writes an event, waits for its call, and sends it. `mark` is a text in the call. */
  send(event: unknown, mark: string): Promise<void>
  /** Waits until the last sent event is in this state. */
  ended(state: string): Promise<void>
}

/** The steps on a page. */
export function stepsOn(page: Page): Steps {
  const panel = () => page.getByRole('tabpanel')
  const editor = () => page.getByRole('textbox', { name: 'Event' })
  const call = () => page.getByRole('region', { name: 'Body of the write' })
  const open = (view: string) => page.getByRole('tab', { name: view }).click()
  const press = (button: string) => panel().getByRole('button', { name: button, exact: true }).click()
  const write = (event: unknown) => editor().fill(JSON.stringify(event, null, 2))
  return {
    panel,
    editor,
    call,
    open,
    press,
    write,
    async send(event, mark) {
      await open('Try')
      await write(event)
      await call().getByText(mark).first().waitFor()
      await press('Send')
    },
    ended: state => panel().locator('.following .state', { hasText: state }).waitFor(),
  }
}
