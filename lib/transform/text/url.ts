/** The form of nearly every web address. Only its scheme, or the lack of one, needs a closer look. */
const plain = /^(?:https?:\/\/)?(?!\S*xn--)(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*(?:[/?#][!-~]*)?$/i
const scheme = /^https?:\/\//i
const parts = /^(?:https?:)?(?:\/\/)?([^\s\\/?#@]*@)?([^\s\\/?#@:]+)(?::\d*)?(?:[/?#]\S*)?$/i
const innerDot = /[^.]\.[^.]/

/**
 * A URL with its scheme, which is `https` if the text has none. Undefined if the text is not a web address: that has the
 * scheme http, https or none, a host with a dot, and no blank; a user name needs a scheme. Trimmed.
 */
export function toAbsoluteUrl(text: string): string | undefined {
  const given = text.trim()
  if (plain.test(given)) return scheme.test(given) ? given : `https://${given}`
  const found = parts.exec(given)
  if (found === null) return undefined
  const [, user, host = ''] = found
  const hasScheme = scheme.test(given)
  if (!innerDot.test(host) || (user !== undefined && !hasScheme)) return undefined
  const url = hasScheme ? given : given.startsWith('//') ? `https:${given}` : `https://${given}`
  return url.isWellFormed() && URL.canParse(url) ? url : undefined
}

/** A URL as it was written, trimmed, with or without a scheme. Undefined if the text is not a web address. */
export function toUrl(text: string): string | undefined {
  const url = toAbsoluteUrl(text)
  return url === undefined || url === text ? url : text.trim()
}
