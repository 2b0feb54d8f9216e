const form = /^(https?:\/\/)?(?:([^\s/?#@]*)@)?([^\s/?#@:]+)(?::\d+)?(?:[/?#]\S*)?$/i

/**
 * A URL as Kustomer takes it, or undefined: http, https or no scheme, a host that has a dot, no blank; a user name
 * needs a scheme. Trimmed, and otherwise as it is written.
 */
export function toUrl(text: string): { url: string; hasScheme: boolean } | undefined {
  const url = text.trim()
  const parts = form.exec(url)
  if (!parts) return undefined
  const [, scheme, user, host = ''] = parts
  const hasHost = /[^.]\.[^.]/.test(host)
  return hasHost && (scheme || user === undefined) ? { url, hasScheme: Boolean(scheme) } : undefined
}

/** A URL with its scheme: `https://` where the sender wrote none. Undefined where the text is no URL. */
export function toAbsoluteUrl(text: string): string | undefined {
  const found = toUrl(text)
  return found && (found.hasScheme ? found.url : `https://${found.url}`)
}
