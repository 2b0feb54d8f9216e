import { safe } from './terminal.ts'

/** Errors that people meet before any work was done, by the name or the text of the error, and what to do. */
const known: { name?: RegExp; text?: RegExp; sentence: (message: string) => string }[] = [
  { name: /^AbortError$/, sentence: () => 'Interrupted: not everything was done.' },
  {
    text: /^Region is missing$/,
    sentence: () => 'No AWS region is set: set AWS_REGION, or AWS_PROFILE to a profile with a region.',
  },
  {
    text: /expired|token.*(refresh|invalid)/i,
    name: /^(Expired|Credentials|TokenProvider|TokenRefresh|RequestExpired)/,
    sentence: () => 'Your AWS credentials have expired: run aws sso login, or renew them as usual.',
  },
  {
    name: /^(CredentialsProviderError|UnrecognizedClientException|InvalidClientTokenId|AuthFailure)$/,
    sentence: () =>
      'No valid AWS credentials were found: run aws sso login or aws configure, or set AWS_PROFILE to a profile that has them.',
  },
  {
    name: /^ValidationError$/,
    text: /^Stack (?:with id )?\S+ does not exist$/,
    sentence: message =>
      `${message.replace('with id ', '')} in this account and region: check the name, AWS_PROFILE and AWS_REGION.`,
  },
  {
    name: /^(AccessDenied|AccessDeniedException|UnauthorizedOperation)$/,
    sentence: message => `AWS refuses it for your role: ${message}`,
  },
  {
    text: /\b(ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENETUNREACH)\b/,
    sentence: message => `There is no connection: ${message}. Check the network, the proxy and the region.`,
  },
]

/**
 * Returns an error as one line that is safe to print: a sentence that says what to do, if the error is a known one, else
 * its name (unless it is `Error`) and its message.
 */
export function errorSentence(error: unknown): string {
  if (!(error instanceof Error)) return safe(String(error))
  const code = 'code' in error ? String(error.code) : ''
  const message = error.message || code || 'no reason given'
  const found = known.find(
    ({ name, text }) => (!name || name.test(error.name)) && (!text || text.test(message) || text.test(code)),
  )
  if (found) return safe(found.sentence(message))
  return safe(error.name === 'Error' ? message : `${error.name}: ${message}`)
}
