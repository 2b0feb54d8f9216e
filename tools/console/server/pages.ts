import { Readable } from 'node:stream'
import type { HttpResponse } from '../../http/response.ts'
import type { Start } from './shapes.ts'

/** The open pages, each with its stream of server-sent events. */
export interface Pages {
  areOpen(): boolean
  /** Opens a stream that begins with the event `start`. */
  open(start: Start): HttpResponse
  broadcast(name: 'now' | 'rows' | 'point' | 'points', value: unknown): void
  close(): void
}

/** Bytes that may wait for a slow page. Above it the connection is closed, and the browser connects again. */
const maxLagBytes = 8_000_000

/** Creates the set of open pages. */
export function createPages(): Pages {
  const pages = new Set<Readable>()
  return {
    areOpen: () => pages.size > 0,
    open(start) {
      const page = new Readable({ read() {} })
      pages.add(page)
      page.once('close', () => pages.delete(page))
      send(page, 'start', start)
      return { status: 200, headers: { 'content-type': 'text/event-stream' }, body: page }
    },
    broadcast(name, value) {
      for (const page of pages) send(page, name, value)
    },
    close() {
      for (const page of pages) page.destroy()
    },
  }
}

function send(page: Readable, name: string, value: unknown) {
  if (page.readableLength > maxLagBytes) page.destroy()
  else page.push(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`)
}
