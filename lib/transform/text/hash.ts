const encoder = new TextEncoder()

/**
 * 32-bit FNV-1a of the UTF-8 bytes, as 8 hex digits (draft-eastlake-fnv). It names a text in which no letter is left.
 */
export function hash(text: string): string {
  let value = 0x811c9dc5
  for (const byte of encoder.encode(text)) value = Math.imul(value ^ byte, 0x01000193)
  return (value >>> 0).toString(16).padStart(8, '0')
}
