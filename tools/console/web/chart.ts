import type { Point } from '../server/shapes.ts'
import { el, svg } from './dom.ts'

/** The options of a small chart of the last ten minutes. */
interface ChartOptions {
  title: string
  /** A point's height; undefined leaves a gap. */
  value(point: Point): number | undefined
  show(value: number): string
  /** A value to compare with, drawn as a dashed line. */
  mark?: number
}

const [width, height, slots] = [240, 56, 120]

/** Creates a chart with its title, its latest value and its highest value. `update` redraws it. */
export function createChart({ title, value, show, mark }: ChartOptions) {
  const latest = el('strong')
  const top = el('span', { class: 'what' })
  const picture = svg('svg', {
    viewBox: `0 0 ${width} ${height}`,
    preserveAspectRatio: 'none',
    'aria-hidden': 'true',
  })
  return {
    element: el('figure', { class: 'chart' }, el('figcaption', {}, title, latest, top), picture),
    update(points: Point[]) {
      const values = points.map(value)
      const known = values.filter(one => one !== undefined)
      const most = Math.max(...known, mark ?? 0, 1e-9)
      latest.textContent = known.length > 0 ? show(known.at(-1) ?? 0) : '–'
      top.textContent = known.length > 0 ? `max ${show(Math.max(...known))}` : ''
      const x = (i: number) => ((i + slots - values.length) / (slots - 1)) * width
      const y = (one: number) => height - 2 - (one / most) * (height - 6)
      const bars = values.flatMap((one, i) =>
        one === undefined || one === 0
          ? []
          : svg('path', { d: `M${x(i)} ${height}V${y(one)}`, class: 'stem' }),
      )
      const line = mark === undefined ? [] : [svg('path', { d: `M0 ${y(mark)}H${width}`, class: 'mark' })]
      picture.replaceChildren(
        svg('path', { d: `M0 ${height - 0.5}H${width}`, class: 'ground' }),
        ...bars,
        ...line,
      )
    },
  }
}
