interface ChartProps {
  title: string
  /** The height of each point, oldest first; undefined leaves a gap. */
  values: (number | undefined)[]
  show(value: number): string
  /** A value to compare with, drawn as a dashed line. */
  mark?: number
}

const [width, height, slots] = [240, 56, 120]

/** A small chart with its title, its latest value and its peak. */
export function Chart({ title, values: all, show, mark }: ChartProps) {
  const values = all.slice(-slots)
  const known = values.filter(one => one !== undefined)
  const peak = Math.max(...known, mark ?? 0, 1e-9)
  const x = (i: number) => 1 + ((i + slots - values.length) / (slots - 1)) * (width - 2)
  const y = (one: number) => height - 2 - (one / peak) * (height - 6)
  const stems = values
    .map((one, i) => (one ? `M${x(i).toFixed(1)} ${height}V${y(one).toFixed(1)}` : ''))
    .join('')
  return (
    <figure class="chart">
      <figcaption>
        {title}
        <strong>{known.length > 0 ? show(known.at(-1) ?? 0) : '–'}</strong>
        <span class="what">{known.length > 0 ? `peak ${show(Math.max(...known))}` : ''}</span>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <path d={`M0 ${height - 0.5}H${width}`} class="ground" />
        {stems !== '' && <path d={stems} class="stem" />}
        {mark !== undefined && <path d={`M0 ${y(mark)}H${width}`} class="mark" />}
      </svg>
    </figure>
  )
}
