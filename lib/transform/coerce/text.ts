/** The text cut to so many UTF-16 units; a pair of surrogates is never split. */
export function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  const last = text.charCodeAt(maxLength - 1)
  const isHalf = last >= 0xd800 && last <= 0xdbff
  return text.slice(0, isHalf ? maxLength - 1 : maxLength)
}

const encoder = new TextEncoder()

/** 32-bit FNV-1a of the UTF-8 bytes, as 8 hex digits. */
export function hash(text: string): string {
  let value = 0x811c9dc5
  for (const byte of encoder.encode(text)) value = Math.imul(value ^ byte, 0x01000193)
  return (value >>> 0).toString(16).padStart(8, '0')
}
