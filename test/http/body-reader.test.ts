import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { createBodyReader } from '../../tools/http/body-reader.ts'

const limits = { maxBytes: 100, smallBytes: 10, largeAtOnce: 1, largeWithinMs: 60_000 }

/** A request whose body comes in these chunks. With `isOpen` it never ends. */
function arriving(chunks: string[], isOpen = false): IncomingMessage {
  const stream = new Readable({ read() {} })
  for (const chunk of chunks) stream.push(Buffer.from(chunk))
  if (!isOpen) stream.push(null)
  return stream as IncomingMessage
}

const text = async (body: Buffer | undefined) => body?.toString()

test('a body is passed on whole', async () => {
  const read = createBodyReader(limits)
  expect(await read(arriving([]), text)).toBe('')
  expect(await read(arriving(['ab', 'c']), text)).toBe('abc')
  expect(await read(arriving(['x'.repeat(60), 'y'.repeat(40)]), text)).toBe('x'.repeat(60) + 'y'.repeat(40))
})

test('a body that is too large is read to its end and not passed on', async () => {
  const request = arriving(['x'.repeat(60), 'y'.repeat(41), 'z'])
  expect(await createBodyReader(limits)(request, text)).toBeUndefined()
  expect(request.readableEnded).toBe(true)
})

test('a large body waits until the one before it was used, a small one does not', async () => {
  const read = createBodyReader(limits)
  const used: string[] = []
  const first = Promise.withResolvers<void>()
  const ends = [
    read(arriving(['x'.repeat(11)]), async () => {
      used.push('first')
      await first.promise
    }),
    read(arriving(['y'.repeat(11)]), async () => used.push('second')),
  ]
  await read(arriving(['z'.repeat(10)]), async () => used.push('small'))
  await read(arriving(['z'.repeat(10)]), async () => used.push('small'))
  expect(used).toEqual(['first', 'small', 'small'])
  first.resolve()
  await Promise.all(ends)
  expect(used.at(-1)).toBe('second')
})

test('a turn ends with an error, a broken connection, or a body that does not arrive in time', async () => {
  const read = createBodyReader({ ...limits, largeWithinMs: 5 })
  const large = ['x'.repeat(11)]
  await expect(
    read(arriving(large), async () => {
      throw new Error('in use')
    }),
  ).rejects.toThrow('in use')
  const broken = arriving(large, true)
  const reading = read(broken, text)
  broken.destroy(new Error('reset'))
  await expect(reading).rejects.toThrow('reset')
  await expect(read(arriving(large, true), text)).rejects.toThrow()
  expect(await read(arriving(large), text)).toBe('x'.repeat(11))
})
