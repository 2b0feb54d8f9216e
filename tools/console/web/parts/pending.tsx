/** What stands in place of an answer that is not there: why, or that it is read. */
export function Pending({ error }: { error: string | undefined }) {
  if (error !== undefined) return <article class="notice bad">{error}</article>
  return (
    <p class="inside" aria-busy="true">
      reading …
    </p>
  )
}
