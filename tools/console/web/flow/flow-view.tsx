import { Charts } from './charts.tsx'
import { EventList } from './event-list.tsx'
import { Pipeline } from './pipeline.tsx'

/** The view "Flow": the pipeline with its numbers, the charts, and the latest events. */
export function FlowView() {
  return (
    <>
      <Pipeline />
      <Charts />
      <EventList />
    </>
  )
}
