import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/counting-reporter.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Most of the time is spent on waiting for retries, not on computing: more than one for each core.
    maxWorkers: 7,
  },
})
