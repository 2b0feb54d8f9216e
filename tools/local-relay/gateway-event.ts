import { isUtf8 } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'

/** Content types that API Gateway's HTTP API passes on as text. Every other body is base64-encoded. */
const text = /^(text\/.*|application\/(json|xml|javascript|.*\+json|.*\+xml))$/

/**
 * Returns a request as API Gateway's HTTP API passes it to a function (payload format 2.0): header names in lower case,
 * repeated headers joined by commas, cookies in their own field, the body as text or base64. A text that is not UTF-8
 * is base64 too, so that no byte is lost.
 * Source: docs.aws.amazon.com, "Create AWS Lambda proxy integrations for HTTP APIs", read 2026-11.
 */
export function gatewayEvent(request: IncomingMessage, url: URL, body: Buffer): APIGatewayProxyEventV2 {
  const { cookie, ...headers } = joined(request.headersDistinct)
  const cookies = cookie?.split(';').map(one => one.trim())
  const query = [...new Set(url.searchParams.keys())].map(key => [
    key,
    url.searchParams.getAll(key).join(','),
  ])
  const isText = text.test(headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '') && isUtf8(body)
  return {
    version: '2.0',
    routeKey: `${request.method} ${url.pathname}`,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookies && { cookies }),
    headers,
    ...(query.length > 0 && { queryStringParameters: Object.fromEntries(query) }),
    requestContext: requestContext(request, url, headers),
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  }
}

function joined(headers: NodeJS.Dict<string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, values = []]) => [name, values.join(',')]))
}

function requestContext(request: IncomingMessage, url: URL, headers: Record<string, string>) {
  const now = new Date()
  return {
    accountId: '000000000000',
    apiId: 'local',
    domainName: url.hostname,
    domainPrefix: 'local',
    http: {
      method: request.method ?? '',
      path: url.pathname,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: request.socket.remoteAddress ?? '',
      userAgent: headers['user-agent'] ?? '',
    },
    requestId: randomUUID(),
    routeKey: `${request.method} ${url.pathname}`,
    stage: '$default',
    time: now.toUTCString(),
    timeEpoch: now.getTime(),
  }
}
