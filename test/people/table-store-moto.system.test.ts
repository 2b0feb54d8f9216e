import { afterAll, beforeAll, describe } from 'vitest'
import { type Moto, startMoto, whyNoMoto } from '../system/faults/moto-server.ts'
import { describeStore } from './conformance.ts'
import { tableUnderTest } from './table-under-test.ts'

const why = process.env.CI === 'true' ? undefined : whyNoMoto()

describe.skipIf(why)(`a second DynamoDB${why ? ` (skipped: ${why})` : ''}`, () => {
  let moto: Moto
  beforeAll(async () => {
    moto = await startMoto()
  })
  afterAll(() => moto?.kill())
  // It serves each request in a thread and takes no lock.
  const isAtomic = false
  describeStore('the table store on moto', clock => tableUnderTest(clock, moto.url), isAtomic)
})
