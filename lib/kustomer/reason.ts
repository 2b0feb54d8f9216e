import type { KustomerError } from './error-body.ts'

/** The likely cause by status. Source for 413 (100 kB), 401 to 403 and 409: developer.kustomer.com (read 2026-11). */
const causes: Record<number, string> = {
  401: 'the key is wrong or belongs to another region',
  402: "a problem with the organisation's billing",
  403: 'the key lacks a role',
  404: 'nothing was found at this path',
  408: 'the request took too long',
  410: 'nothing is at this path any more',
  413: 'the request is over 100 kB',
  405: 'the host does not accept this method',
  415: 'the host does not accept JSON',
  426: 'the host requires another protocol',
  429: 'the rate limit is reached',
  502: 'a gateway got no answer',
  504: 'a gateway got no answer in time',
}

/**
 * Why Kustomer did not carry out a request, as one sentence for logs and dead letters: status or code, the known
 * attributes that it named, and the likely cause. It never holds Kustomer's text or a person's data.
 */
export function reasonFor(status: number, error: KustomerError): string {
  const { attributes, code } = error
  const what = attributes.length > 0 ? attributes.map(name => `\`${name}\``).join(', ') : 'the request'
  return `Kustomer ${verbFor(status)} ${what} (${code ?? status}): ${causeOf(status, error)}`
}

function verbFor(status: number): string {
  if (status >= 200 && status < 300) return 'did not confirm'
  return status >= 500 ? 'failed at' : 'refused'
}

function causeOf(status: number, { attributes, isDuplicate, namesRev }: KustomerError): string {
  if (isDuplicate) return 'another customer has the same value'
  const cause = causes[status]
  if (cause) return cause
  if (status === 409)
    return namesRev ? 'the customer was changed meanwhile' : 'it conflicts with another change'
  if (status < 200) return 'the status is not that of a final response'
  if (status < 300) return "the body is not readable or not Kustomer's"
  if (status < 400) return 'the host redirects to another one'
  if (status >= 500) return 'an error on its side'
  return attributes.includes('custom.*')
    ? 'an attribute is not declared, or a value does not fit'
    : 'an attribute or a value does not fit its schema'
}
