/** Returns the function that says whether a JSON text holds a text that somebody searches, in any letter case. */
export function holdsText(wanted: string): (json: string) => boolean {
  const quoted = JSON.stringify(wanted.trim().toLowerCase()).slice(1, -1)
  return json => json.toLowerCase().includes(quoted)
}
