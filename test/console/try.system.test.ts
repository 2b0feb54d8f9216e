import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { transform } from '../../lib/index.ts'
import { documentationSamples } from '../../tools/samples/samples.ts'
import { describeWithProgram } from '../needed-program.ts'
import { until } from '../system/relay-harness.ts'
import { shoot, whyNoBrowser } from './browser.ts'
import { type ConsoleSite, startConsole } from './site.ts'
import type { Steps } from './steps.ts'

describeWithProgram(whyNoBrowser, 'Try, in a browser', () => {
  let site: ConsoleSite
  let steps: Steps

  beforeAll(async () => {
    site = await startConsole()
    steps = site.steps
  }, 60_000)
  afterEach(async () => {
    await steps.open('Try')
    expect(site.faults).toEqual([])
  })
  afterAll(() => site?.close())

  test.each(documentationSamples.map(({ title, event }, i) => ({ title, event, i })))(
    'Try shows the call of the sample "$title"',
    async ({ event, i }) => {
      const made = transform(event)
      const body =
        made.kind === 'recordEvent'
          ? { identity: made.identity, event: made.event }
          : made.kind === 'upsertCustomer' && made.customer
      await site.page.getByLabel('Sample').selectOption({ index: i })
      await until(
        async () => (await steps.call().textContent()) === JSON.stringify(body, null, 2),
        'the call',
      )
      const notes = 'notes' in made ? made.notes.length : 0
      await until(async () => (await steps.view().locator('.remarks tr').count()) === notes, `${notes} notes`)
    },
  )

  test('a setting changes the call at once, and a note is on the line of its key', async () => {
    const event = { type: 'page', userId: 'u', name: 'Cart', properties: { total: 5, when: { a: [1] } } }
    await steps.write(event)
    await steps.call().getByText('totalNum').waitFor()
    await steps.view().locator('.cm-line', { hasText: '"total": 5' }).locator('.remark').waitFor()
    await site.page.getByLabel('genericPage').check()
    const generic = transform(event, { genericPage: true })
    const name = generic.kind === 'recordEvent' ? generic.event.name : ''
    await steps.call().getByText(`"${name}"`, { exact: true }).waitFor()
    await shoot(site.page, 'try')
    await site.page.getByLabel('genericPage').uncheck()
  })

  test('text that is written over a marked text takes no style from it', async () => {
    for (const from of ['"text"', '{ "a": true }', '12']) {
      await steps.write(from)
      await steps.view().locator('.cm-line span[class^=tok-]').first().waitFor()
      await site.page.evaluate(
        "getSelection().selectAllChildren(document.querySelector('.cm-line span[class^=tok-]'))",
      )
      await site.page.keyboard.insertText('null')
      await steps.view().locator('.cm-line', { hasText: 'null' }).waitFor()
    }
    expect(site.faults).toEqual([])
  })

  test('an event without an identity has an error at its path, and invalid JSON at its line', async () => {
    await steps.write({ type: 'identify', traits: { name: 'Ada' } })
    await steps.view().getByText('Refused: MISSING_IDENTITY').waitFor()
    await steps.view().locator('.remarks .error', { hasText: 'anonymousId is missing' }).waitFor()
    await steps.write('{\n  "type": nonsense\n}')
    await steps.view().locator('.remarks .error', { hasText: 'line 2' }).waitFor()
    expect(await steps.view().getByRole('button', { name: 'Send' }).isDisabled()).toBe(true)
  })

  test('an invalid event is in Flow with every refusal and its reason, and can be corrected there', async () => {
    const event = { messageId: 'refused-1', type: 'track', event: 'Refused' }
    const sent = steps.view().getByRole('status', { name: 'Sent event' })
    for (const round of ['first', 'second']) {
      await steps.write({ ...event, properties: { round } })
      await steps.view().getByText('Refused: MISSING_IDENTITY').waitFor()
      await steps.press('Send')
      await sent.getByText('400').waitFor()
    }
    await steps.open('Flow')
    await steps.view().locator('[data-stage=Invalid] strong', { hasText: '2' }).waitFor()
    await steps.view().getByRole('link', { name: '1 still invalid' }).click()
    await steps.view().getByText('1 event of the last').waitFor()
    await steps.openRow('track Refused')
    const life = steps.view().getByRole('table', { name: 'What happened' })
    await life.getByText('MISSING_IDENTITY: userId is missing').nth(1).waitFor()
    await steps.view().getByText('RudderStack has been told, and does not send it again.').waitFor()
    await steps.view().getByRole('link', { name: 'Open in Try' }).click()
    await steps.send({ ...event, userId: 'refused-1' }, '"refused-1"')
    await steps.ended('delivered')
    await sent.getByRole('link', { name: 'What happened' }).click()
    await life.getByText('delivered', { exact: true }).waitFor()
    const happened = (await life.locator('b').allInnerTexts()).filter(what => what !== 'call')
    expect(happened).toEqual(['refused', 'refused', 'accepted', 'delivered'])
    expect(await steps.view().getByRole('link', { name: 'still invalid' }).count()).toBe(0)
    await steps.view().getByLabel('State').selectOption('')
  })

  test('typing as fast as it goes leaves every character where it was typed', async () => {
    await steps.open('Try')
    await steps.view().getByLabel('Sample').selectOption({ index: 1 })
    await steps.call().waitFor()
    const typed = '{ "type": "identify", "userId": "typed-1", "traits": { "name": "Typed Fast" } }'
    await steps.editor().focus()
    await site.page.keyboard.press('Control+A')
    await site.page.keyboard.press('Delete')
    await site.page.keyboard.type(typed)
    await steps.call().getByText('Typed Fast').waitFor()
    expect(await steps.editor().innerText()).toBe(typed)
  })

  test('a large event on one line is formatted when it is pasted', async () => {
    const properties = Object.fromEntries(
      Array.from({ length: 9_000 }, (_, i) => [`key${i}`, 'x'.repeat(40)]),
    )
    const event = JSON.stringify({ type: 'track', userId: 'pasted-1', event: 'Pasted', properties })
    await site.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await site.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(event)})`)
    await steps.write('')
    await steps.editor().focus()
    await site.page.keyboard.press('Control+V')
    await steps.call().getByText('pasted-1').waitFor()
    expect(await steps.view().locator('.cm-line').last().innerText()).toBe('}')
  })

  test('a setting that differs from the relay is marked, and can be applied to it', async () => {
    const event = { type: 'page', userId: 'set-1', name: 'Cart', properties: { total: 5 } }
    await steps.write(event)
    await site.page.getByLabel('genericPage').check()
    const notice = steps.view().locator('.notice', { hasText: 'genericPage' })
    await notice.getByText('Send uses the relay’s settings').waitFor()
    expect(new URL(site.page.url()).hash).toContain('genericPage.on')
    await steps.call().getByText('Web-Page-Viewed').waitFor()
    await shoot(site.page, 'try-differs')
    await steps.press('Send')
    await steps.ended('delivered')
    const namesOf = (person: string) =>
      site.relay.standIn
        .events()
        .filter(({ identity }) => identity.externalId === person)
        .map(one => one.event.name)
    expect(namesOf('set-1')).not.toContain('Web-Page-Viewed')
    await steps.press('Apply to the relay')
    await notice.waitFor({ state: 'detached' })
    await steps.open('Health')
    await steps.view().getByText('Applied in the console, until the relay stops.').waitFor()
    await steps.open('Try')
    expect(site.relay.relay.settings.value().genericPage).toBe(true)
    await steps.send({ ...event, userId: 'set-2' }, 'set-2')
    await steps.ended('delivered')
    expect(namesOf('set-2')).toEqual(['Web-Page-Viewed'])
    await site.relay.relay.settings.apply({})
  })

  test('the result of a send goes as soon as the editor has another event', async () => {
    const event = { type: 'track', userId: 'old-1', event: 'Old' }
    await steps.send(event, 'old-1')
    await steps.ended('delivered')
    await steps.write({ ...event, event: 'New' })
    await steps.view().locator('.status .state').waitFor({ state: 'detached' })
    await site.page.keyboard.press('Control+Enter')
    await steps.ended('delivered')
    expect(site.relay.standIn.events().map(one => one.event.name)).toContain('New')
  })

  test('an event that was delivered before is not called delivered again', async () => {
    const event = { type: 'track', userId: 'twice-1', event: 'Twice', messageId: 'twice-1' }
    await steps.send(event, 'twice-1')
    await steps.ended('delivered')
    await steps.press('Send')
    const status = steps.view().getByRole('status', { name: 'Sent event' })
    await status.getByText('the relay has had this event before, and it was delivered.').waitFor()
    expect(await status.getByRole('link', { name: 'What happened' }).count()).toBe(1)
    await status.getByRole('link', { name: 'What happened' }).click()
    await steps.view().getByRole('link', { name: 'sent again' }).waitFor()
    await steps.open('Try')
  })

  test('a dead-lettered event that is sent again shows no older result, and leads to its dead letter', async () => {
    site.relay.standIn.fault({ do: { kind: 'status', status: 400 }, times: 1 })
    const event = { type: 'track', userId: 'twice-2', event: 'Twice', messageId: 'twice-2' }
    await steps.send(event, 'twice-2')
    await steps.ended('dead-lettered')
    await steps.press('Send')
    const status = steps.view().getByRole('status', { name: 'Sent event' })
    await status.getByText('the relay has had this event before, and it was dead-lettered.').waitFor()
    await status.getByRole('link', { name: 'Its dead letter' }).click()
    await steps.view().getByRole('link', { name: 'Open in Try' }).click()
    await steps.call().getByText('twice-2').waitFor()
    await steps.open('Dead letters')
    await steps.press('Replay')
    await steps.confirm('Replay 1 dead letter of 1 person?')
    await steps.view().getByText('1 dead letter: 1 delivered').waitFor()
    await steps.open('Try')
    await steps.call().getByText('twice-2').waitFor()
    expect(await steps.view().locator('.notice.bad').count()).toBe(0)
    await site.page.reload()
    await steps.view().getByText('This dead letter is no longer in the queue').waitFor()
    expect(await steps.view().getByText('Not JSON yet').count()).toBe(0)
    // The browser reports the 404 of the dead letter that is gone.
    expect(site.faults.splice(0).every(fault => fault.includes('404'))).toBe(true)
  })

  test('another event with a known messageId is an event of its own', async () => {
    const event = { type: 'track', userId: 'twice-2', event: 'Twice', messageId: 'twice-2' }
    await steps.send({ ...event, properties: { corrected: 'yes' } }, 'corrected')
    await steps.ended('delivered')
  })

  test.each([
    ['a number', 42, 'track 42'],
    ['long', `${'long name '.repeat(40)}`, 'track long name'],
    ['with odd characters', '😀'.repeat(80), 'track 😀'],
  ])('an event whose name is %s is one row in Flow, and not for ever in the queue', async (_, name, text) => {
    const userId = `named-${String(name).length}`
    await site.relay.post({ type: 'track', messageId: userId, userId, event: name })
    await steps.open('Flow')
    await steps.view().getByLabel('Search').fill(userId)
    const row = steps.view().locator('.row', { hasText: text })
    await row.getByText('delivered').waitFor()
    expect(await steps.view().locator('.row').count()).toBe(1)
    await steps.view().getByLabel('Search').fill('')
  })

  test('a test fixture is saved in the format of test/golden', async () => {
    const event = { type: 'track', userId: 'u', event: 'Order Completed', properties: { total: 3 } }
    await steps.write(event)
    await steps.call().getByText('totalNum').waitFor()
    const [saved] = await Promise.all([
      site.page.waitForEvent('download'),
      steps.press('Save as test fixture'),
    ])
    expect(saved.suggestedFilename()).toBe('track-order-completed.json')
    const golden = JSON.parse(readFileSync(await saved.path(), 'utf8'))
    expect(golden).toMatchObject({ settings: {}, event, call: { kind: 'recordEvent' } })
    expect(golden.call.notes[0]).not.toHaveProperty('why')
  })
})
