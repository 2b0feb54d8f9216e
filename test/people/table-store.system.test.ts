import { describeStore } from './conformance.ts'
import { tableUnderTest } from './table-under-test.ts'

describeStore('the table store on dynalite', clock => tableUnderTest(clock))
