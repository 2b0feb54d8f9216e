interface ChartProps {
  title: string
  /** The height of each point, oldest first; undefined leaves a gap. */
  values: (number | undefined)[]
  show(value: number): string
  /** Whether each value is a level that lasts to the next point; else it is a stem of its own. */
  isLevel?: boolean
  /** A value to compare with, drawn as a dashed line. */
  mark?: number
}

const [width, height, slots] = [240, 56, 120]
const line = { fill: 'none', 'stroke-width': 2, 'vector-effect': 'non-scaling-stroke' }

/** A small chart with its title, its latest value and its peak. */
export function Chart({ title, values: all, show, isLevel = false, mark }: ChartProps) {
  const values = all.slice(-slots)
  const known = values.filter(one => one !== undefined)
  const peak = Math.max(...known, mark ?? 0, 1e-9)
  const x = (i: number) => 1 + ((i + slots - values.length) / (slots - 1)) * (width - 2)
  const y = (one: number) => height - 2 - (one / peak) * (height - 6)
  const stems = values
    .map((one, i) => (one ? `M${x(i).toFixed(1)} ${height}V${y(one).toFixed(1)}` : ''))
    .join('')
  const levels = values
    .map((one = 0, i) => `${i === 0 ? 'M' : 'L'}${x(i).toFixed(1)} ${y(one).toFixed(1)}`)
    .join('')
  const curve = isLevel ? levels : stems
  return (
    <article class="chart">
      <p>
        <small>{title}</small> <strong>{known.length > 0 ? show(known.at(-1) ?? 0) : '–'}</strong>{' '}
        <small>{known.length > 0 ? `peak ${show(Math.max(...known))}` : ''}</small>
      </p>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        width="100%"
        height={height}
        aria-hidden="true"
      >
        <path {...line} stroke="var(--pico-muted-border-color)" d={`M0 ${height - 0.5}H${width}`} />
        {curve !== '' && <path {...line} stroke="var(--pico-primary)" class="stem" d={curve} />}
        {mark !== undefined && (
          <path {...line} stroke="var(--warn)" stroke-dasharray="4 4" d={`M0 ${y(mark)}H${width}`} />
        )}
      </svg>
    </article>
  )
}
