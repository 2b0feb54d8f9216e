import { type HttpResponse, json, messageResponse } from '../../http/response.ts'

/** The fields of a JSON body. */
export type Fields = Record<string, unknown>

/** A route of the console's API: from a query and the fields of a body to a response. */
export type Route = (query: URLSearchParams, fields: Fields) => HttpResponse | Promise<HttpResponse>

/** Returns a value as a response: 404 if it is undefined. */
export function found(value: unknown): HttpResponse {
  return value === undefined ? messageResponse(404, 'Not Found') : json(200, value)
}
