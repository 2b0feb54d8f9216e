import { seconds } from '../parts/format.ts'
import { points } from '../state/feed.ts'
import { setup } from '../state/setup.ts'
import { Chart } from './chart.tsx'

/** The charts of the relay's work: events, their age at delivery, and the used share of the rate limit. */
export function Charts() {
  const { requestsPerMinute, share, secondsPerPoint } = setup()
  const perMinute = 60 / secondsPerPoint
  return (
    <div class="charts">
      <Chart
        title="Events per minute"
        points={points.value}
        value={({ received }) => received * perMinute}
        show={value => Math.round(value).toLocaleString('en')}
      />
      <Chart
        title="Age at delivery"
        points={points.value}
        value={({ ageSeconds }) => ageSeconds}
        show={seconds}
      />
      <Chart
        title={`Share of the rate limit (ours: ${percent(share)})`}
        points={points.value}
        value={({ calls }) => (calls * perMinute) / requestsPerMinute}
        show={percent}
        mark={share}
      />
    </div>
  )
}

function percent(value: number) {
  return `${Math.round(value * 1000) / 10} %`
}
