import { seconds } from '../parts/format.ts'
import { points } from '../state/feed.ts'
import { setup } from '../state/setup.ts'
import { Chart } from './chart.tsx'
import { lastMinutes } from './last-minutes.ts'

/** The charts of the relay's work: events, their age at delivery, and the used share of the rate limit. */
export function Charts() {
  const { requestsPerMinute, share, secondsPerPoint } = setup()
  const perMinute = (key: 'received' | 'calls') => lastMinutes(points.value, key, 60 / secondsPerPoint)
  return (
    <div class="grid">
      <Chart
        title="Events per minute"
        values={perMinute('received')}
        isLevel
        show={value => Math.round(value).toLocaleString('en')}
      />
      <Chart
        title="Age at delivery"
        values={points.value.map(({ ageSeconds }) => ageSeconds)}
        show={seconds}
      />
      <Chart
        title={`Share of the rate limit (ours: ${percent(share)})`}
        values={perMinute('calls').map(calls => calls / requestsPerMinute)}
        isLevel
        show={percent}
        mark={share}
      />
    </div>
  )
}

function percent(value: number) {
  return `${Math.round(value * 1000) / 10} %`
}
