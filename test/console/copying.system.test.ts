import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transform } from '../../lib/index.ts'
import { describeWithProgram } from '../needed-program.ts'
import { whyNoBrowser } from './browser.ts'
import { type ConsoleSite, startConsole } from './site.ts'

/** Everything that a shell, JSON or a terminal may take for something else. */
const odd = `it's "$(echo x)" \`id\` $HOME \\ !! é😀\u2028 #&;|<>`

describeWithProgram(whyNoBrowser, 'what the buttons of the console copy', () => {
  let site: ConsoleSite
  const posted: { body: string; authorization: string | undefined }[] = []
  const webhook = createServer(async (request, response) => {
    posted.push({
      body: String(await buffer(request)),
      authorization: request.headers.authorization,
    })
    response.end()
  })

  beforeAll(async () => {
    webhook.listen(0, '127.0.0.1')
    site = await startConsole()
    site.relay.standIn.fault({
      when: { externalId: 'copy-1' },
      do: { kind: 'status', status: 400, body: {} },
      times: 9,
    })
    await site.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  }, 60_000)
  afterAll(async () => {
    webhook.close()
    await site?.close()
  })

  const view = () => site.page.getByRole('main')
  const copied = async (name: string) => {
    await site.page.evaluate("navigator.clipboard.writeText('')")
    await view().getByRole('button', { name, exact: true }).click()
    const text = () => site.page.evaluate<string>('navigator.clipboard.readText()')
    await expect.poll(text).not.toBe('')
    return text()
  }
  const openRow = async (hash: string) => {
    await site.page.goto(`${site.relay.relay.url}/#/${hash}`)
    const row = view().getByRole('button', { name: /Copied/, expanded: false })
    await row.click()
    await view().getByRole('button', { name: 'Copy curl' }).waitFor()
  }
  /** Runs a text as it would be pasted. What `npx` is called with comes back, one argument a line. */
  const paste = async (text: string) => {
    const script = `npx() { for word; do printf '%s\\0' "$word"; done; }\n${text}`
    const env = { ...process.env, WEBHOOK_SECRET: 'the-secret', HOME: '/nowhere' }
    const bash = promisify(execFile)('bash', { env })
    bash.child.stdin?.end(script)
    const { stdout } = await bash
    return stdout.split('\0').slice(0, -1)
  }
  const toTestWebhook = (curl: string) => {
    const { port } = webhook.address() as AddressInfo
    return curl.replace(site.relay.relay.url, `http://127.0.0.1:${port}`)
  }

  test.each([
    ['odd characters', { messageId: `copy ${odd}`, note: `${odd}\nand a line` }],
    ['an id like an option', { messageId: '--all', note: '@file' }],
    ['more than an argument holds', { messageId: 'copy-long', note: odd + ' word'.repeat(28_000) }],
  ])('an event with %s is pasted as it was', async (_, { messageId, note }) => {
    const event = { type: 'track', messageId, userId: 'copy-1', event: 'Copied', properties: { note } }
    await site.relay.post(event)
    await openRow(`flow?q=${encodeURIComponent(messageId)}&state=dead`)
    expect(JSON.parse(await copied('Copy event'))).toEqual(event)
    const call = transform(event)
    const made = call.kind === 'recordEvent' ? { identity: call.identity, event: call.event } : undefined
    expect(JSON.parse(await copied('Copy call'))).toEqual(made)
    expect(await copied('Copy messageId')).toBe(messageId)
    await paste(toTestWebhook(await copied('Copy curl')))
    expect(posted.at(-1)?.authorization).toBe('Bearer the-secret')
    expect(JSON.parse(posted.at(-1)?.body ?? '')).toEqual(event)
    const words = await paste(await copied('Copy dlq command'))
    expect(words.slice(0, 3)).toEqual(['relay', 'dlq', 'show'])
    expect(
      words
        .filter(word => word !== '--')
        .slice(3)
        .sort(),
    ).toEqual(['--local', messageId].sort())
    if (messageId.startsWith('-')) expect(words.at(-2)).toBe('--')
  })

  test('the command of a dead letter replays that one', async () => {
    await openRow('dead?q=copy-long')
    const id = await copied('Copy id')
    const words = await paste(await copied('Copy dlq command'))
    expect(words).toEqual(['relay', 'dlq', 'replay', id.slice(0, 8), '--local'])
    expect(site.faults).toEqual([])
  })
})
