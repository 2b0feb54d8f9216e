import { afterAll, beforeAll } from 'vitest'
import { describeWithProgram } from '../needed-program.ts'
import { type Moto, startMoto, whyNoMoto } from '../system/faults/moto-server.ts'
import { describeStore } from './conformance.ts'
import { tableUnderTest } from './table-under-test.ts'

describeWithProgram(whyNoMoto(), 'a second DynamoDB', () => {
  let moto: Moto
  beforeAll(async () => {
    moto = await startMoto()
  })
  afterAll(() => moto?.kill())
  // It serves each request in a thread, without a lock.
  const isAtomic = false
  describeStore('the table store on moto', clock => tableUnderTest(clock, moto.url), isAtomic)
})
