import { defineConfig } from 'vitest/config'

/**
 * Two kinds of tests, told apart by their names. `*.test.ts` are unit tests: they start no server and no process, and
 * fail where they try (`test/no-server.ts`). `*.system.test.ts` start the relay or parts of it, or simulate it for long.
 */
export default defineConfig({
  test: {
    reporters: ['default', './test/counting-reporter.ts'],
    // `npm run coverage`: what the unit tests run of the library. System tests run it in other processes.
    coverage: { provider: 'v8', include: ['lib/**/*.ts'], reporter: ['text', 'html'] },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.system.test.ts'],
          setupFiles: ['test/no-server.ts'],
          // Modules are loaded once a worker, not once a file: that halves the time. So a test leaves nothing behind.
          isolate: false,
          // They only compute: one worker for each core. The time-out is for a machine that is busy with other things.
          maxWorkers: '100%',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'system',
          include: ['test/**/*.system.test.ts'],
          globalSetup: ['test/system/build-bundles.ts'],
          // Much of their time is waiting for retries: more of them than there are cores.
          maxWorkers: 6,
          // For a machine that is busy with other things, not for a test that waits: no test rests on them.
          testTimeout: 240_000,
          hookTimeout: 240_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
