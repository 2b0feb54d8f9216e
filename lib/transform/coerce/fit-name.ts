const plain = /^[A-Za-z0-9\-_.]+$/
const marks = /\p{M}/gu
const lettersAndDigits = /[\p{L}\p{N}]/gu
const invalidInName = { ends: /^[^A-Za-z0-9\-_.]+|[^A-Za-z0-9\-_.]+$/g, runs: /[^A-Za-z0-9\-_.]+/g }
const invalidInKey = { ends: /^[^A-Za-z0-9\-_]+|[^A-Za-z0-9\-_]+$/g, runs: /[^A-Za-z0-9\-_]+/g }

/** A text without diacritics: NFKD, combining marks dropped. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(marks, '')
}

/** A name of an event in the characters that Kustomer takes; empty where nothing is left. */
export function cleanName(name: string): string {
  return plain.test(name) ? name : clean(fold(name), invalidInName)
}

/** A key of a property in the characters that Kustomer takes: a name's, but the dot; empty where nothing is left. */
export function cleanKey(key: string): string {
  return clean(plain.test(key) ? key : fold(key), invalidInKey)
}

/** Whether a letter or digit of any script that `original` has is gone from `fitted`. */
export function hasLostLetters(original: string, fitted: string): boolean {
  return original !== fitted && countLetters(fold(original)) > countLetters(fitted)
}

function clean(text: string, invalid: { ends: RegExp; runs: RegExp }): string {
  return text.replace(invalid.ends, '').replace(invalid.runs, '-')
}

function countLetters(text: string): number {
  return text.match(lettersAndDigits)?.length ?? 0
}
