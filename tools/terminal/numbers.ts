import { InvalidArgumentError } from '@commander-js/extra-typings'

/**
 * Returns a parser of an option's whole number, from `min` to `max`.
 * The parser throws InvalidArgumentError, with both limits, for any other text.
 */
export function whole(min = 1, max = 999_999_999): (text: string) => number {
  return text => {
    const number = Number(text)
    if (!/^\d{1,9}$/.test(text) || number < min || number > max)
      throw new InvalidArgumentError(
        max === 999_999_999 ? `A whole number from ${min}.` : `A whole number from ${min} to ${max}.`,
      )
    return number
  }
}

/** Parses an option's part of a whole, from 0 to 1. @throws InvalidArgumentError for any other text. */
export function part(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !(number >= 0 && number <= 1))
    throw new InvalidArgumentError('A number from 0 to 1.')
  return number
}
