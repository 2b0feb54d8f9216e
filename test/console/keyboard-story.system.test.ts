import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWithProgram } from '../needed-program.ts'
import { whyNoBrowser } from './browser.ts'
import { type Keyboard, keyboardOn } from './keyboard.ts'
import { type ConsoleSite, startConsole } from './site.ts'

/** The story of `docs/first-steps.md` with keys only: no click, and nothing that sets the focus but Tab and the page. */
describeWithProgram(whyNoBrowser, 'the console with the keyboard alone', () => {
  let site: ConsoleSite
  let keys: Keyboard

  beforeAll(async () => {
    site = await startConsole({ settings: { advancedTransform: true } })
    keys = keyboardOn(site.page)
  }, 60_000)
  afterAll(() => site?.close())

  const main = () => site.page.getByRole('main')
  const button = (name: string) => main().getByRole('button', { name, exact: true })
  const link = (name: string) => main().getByRole('link', { name })
  const tab = (name: string) => site.page.getByRole('navigation').getByRole('link', { name })
  const focusOn = (name: string) => expect.poll(keys.focused, { timeout: 15_000 }).toBe(name)
  const difference = () => main().getByText('The preview uses 1 other setting')

  const switchAdvancedTransform = async () => {
    await keys.tabTo(main().getByLabel('advancedTransform'))
    await keys.press('Space')
    await difference().waitFor()
    await keys.enter(button('Apply to the relay'))
    await difference().waitFor({ state: 'detached' })
    await focusOn('Event')
  }

  test('a poison event is found, understood, mended, replayed and seen delivered', async () => {
    await switchAdvancedTransform()
    await main().getByText('Tab leaves the editor.').waitFor()
    await keys.write(
      '{"type":"track","userId":"alice","event":"Order Completed","properties":{"orderId":"A-1002","total":12.5}}',
    )
    await main().getByRole('region', { name: 'Body of the write' }).getByText('A-1002').waitFor()
    await keys.press('ControlOrMeta+Enter')
    await main().getByRole('status', { name: 'Sent event' }).getByText('dead-lettered').waitFor()
    await focusOn('Event')
    await keys.press('Escape')
    await keys.press('Tab')
    expect(await keys.focused()).not.toBe('Event')

    await keys.enter(tab('Flow'), 'end')
    await focusOn('Flow')
    await keys.tabTo(main().getByLabel('State'))
    await site.page.keyboard.type('dead')
    const row = main().getByRole('button', { name: /Order Completed/ })
    await keys.enter(row)
    await main().getByRole('table', { name: 'What happened' }).getByText('REJECTED').waitFor()
    await keys.enter(link('Its dead letter'))
    await expect.poll(keys.focused).toContain('track Order Completed')
    await main().getByText('switch advancedTransform on, or rename it').first().waitFor()

    await keys.enter(link('Open in Try'))
    await focusOn('Try')
    await switchAdvancedTransform()
    await main().getByRole('region', { name: 'Body of the write' }).getByText('totalNum').waitFor()

    await keys.enter(tab('Dead letters'), 'end')
    await keys.enter(button('Replay'))
    const dialog = site.page.getByRole('dialog')
    await dialog.getByText('alice: 1 event').waitFor()
    await focusOn('Cancel')
    await keys.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await focusOn('Replay')
    await keys.press('Enter')
    await dialog.getByText('alice: 1 event').waitFor()
    await keys.enter(dialog.getByRole('button', { name: 'Replay 1' }))
    await focusOn('Replay')
    await main().getByText('1 dead letter: 1 delivered').waitFor()
    await focusOn('Replay')
    await keys.enter(link('What happened'))
    await expect.poll(keys.focused).toContain('track Order Completed')
    await main()
      .getByRole('table', { name: 'What happened' })
      .getByText('delivered', { exact: true })
      .waitFor()
    await site.page.goBack()
    await focusOn('Dead letters')
    await main().getByText('1 dead letter: 1 delivered').waitFor()
    expect(site.faults).toEqual([])
  })

  test('the focus stays where it is while new events push its row out of the list', async () => {
    const person = (n: number) => ({ type: 'track', userId: `focus-${n}`, event: `Focus ${n}` })
    await site.relay.post(person(0))
    await keys.enter(tab('Flow'), 'end')
    await keys.tabTo(main().getByLabel('Search'))
    await keys.write('Focus ')
    await keys.enter(main().getByRole('button', { name: /Focus 0.*delivered|delivered.*Focus 0/ }))
    await keys.tabTo(button('Copy event'))
    await site.relay.post(Array.from({ length: 110 }, (_, i) => person(i + 1)))
    await main().getByText('111 events of the last').waitFor()
    await button('Show 11 more').waitFor()
    expect(await keys.focused()).toBe('Copy event')
    await keys.press('Tab')
    expect(await keys.focused()).toBe('Copy curl')
    await site.page.goBack()
    await button('Copy event').waitFor({ state: 'detached' })
    expect(await keys.focused()).not.toBe('')
    expect(site.faults).toEqual([])
  })
})
