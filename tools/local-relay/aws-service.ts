import type { IncomingMessage, RequestListener } from 'node:http'
import inject from 'light-my-request'
import { claimPort, type HttpServer, type RequestHandler } from '../http/loopback-server.ts'
import { type HttpResponse, json } from '../http/response.ts'

/**
 * Serves a local AWS service on a free port of 127.0.0.1. The service itself does not listen: it gets only whole
 * requests that name the access key of this run, and none of a browser. So an aborted connection cannot end it.
 */
export async function serveAwsService(accessKeyId: string, answer: RequestHandler): Promise<HttpServer> {
  const server = await claimPort(0, { refuse: request => refusalOf(request, accessKeyId) })
  server.open(answer)
  return server
}

/** Passes a whole request to a listener that was written for a server of its own, and returns its response. */
export async function injectRequest(
  listener: RequestListener,
  { method = 'POST', url = '/', headers }: IncomingMessage,
  payload: Buffer,
): Promise<HttpResponse> {
  const response = await inject(listener, { method, url, headers, payload })
  // The connection is the server's own, and it sets the length.
  const { connection: _, 'transfer-encoding': __, ...kept } = response.headers
  return { status: response.statusCode, headers: kept, body: response.rawPayload }
}

function refusalOf({ headers }: IncomingMessage, accessKeyId: string): HttpResponse | undefined {
  const isOfBrowser = headers.origin !== undefined || headers['sec-fetch-site'] !== undefined
  const named = /^AWS4-HMAC-SHA256 +Credential=([^/,\s]+)\//.exec(headers.authorization ?? '')?.[1]
  if (named === accessKeyId && !isOfBrowser) return undefined
  const message = 'The security token included in the request is invalid.'
  return json(403, { __type: 'UnrecognizedClientException', message })
}
