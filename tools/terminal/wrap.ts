import stringWidth from 'string-width'

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/**
 * Breaks a text into lines of at most `width` columns of a terminal, between words where it can. A wide letter, such as
 * a Japanese one, takes two columns; one that does not fit at all becomes `…`. An empty text is one empty line.
 */
export function wrap(text: string, width: number): string[] {
  const lines = ['']
  const add = (piece: string) => {
    const last = lines.at(-1) ?? ''
    if (stringWidth(last + piece) <= width) lines[lines.length - 1] = last + piece
    else lines.push(stringWidth(piece) <= width ? piece : '…')
  }
  for (const word of text.match(/ *[^ ]+| +$/g) ?? []) {
    const last = lines.at(-1) ?? ''
    const bare = word.replace(/^ +/, '')
    if (stringWidth(last + word) <= width) add(word)
    else if (stringWidth(bare) <= width) lines.push(bare)
    else for (const { segment } of graphemes.segment(last === '' ? bare : word)) add(segment)
  }
  return lines.length > 1 && lines[0] === '' ? lines.slice(1) : lines
}
