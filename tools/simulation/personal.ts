/** What begins every text about a person in a simulation, and every key: nothing else contains it. */
const token = 'qzx'

/** A text that no log, metric or attribute may show. */
export function personal(text: string): string {
  return `${token}${text}`
}

/** A telephone number that no log, metric or attribute may show; `n` from 0 to 9,999. */
export function personalPhone(n: number): string {
  return `+1555019${String(n).padStart(4, '0')}`
}

const planted = new RegExp(`${token}[^"\\\\]{0,40}|555019\\d{4}`, 'i')

/** The personal text that another text contains in any letter case; undefined where there is none. */
export function findPersonal(text: string): string | undefined {
  return planted.exec(text)?.[0]
}
