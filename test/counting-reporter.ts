import type { Reporter, TestModule } from 'vitest/node'

/** Prints `N passed, N failed, N skipped` alone on the last line, for continuous integration. */
export default class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]) {
    const states = modules.flatMap(module => [...module.children.allTests()].map(test => test.result().state))
    const count = (state: string) => states.filter(s => s === state).length
    const broken = modules.filter(module => module.state() === 'failed' && module.errors().length > 0).length
    const failed = count('failed') + broken + errors.length
    process.once('exit', () => {
      process.stdout.write(`\n${count('passed')} passed, ${failed} failed, ${count('skipped')} skipped\n`)
    })
  }
}
