/**
 * The environment variables of a function that Node and Powertools read, not our own code. A test in
 * `test/budget.system.test.ts` checks that the bundles read those of Powertools.
 */
export const libraryVariables = [
  'NODE_OPTIONS',
  'POWERTOOLS_SERVICE_NAME',
  'POWERTOOLS_METRICS_NAMESPACE',
  'POWERTOOLS_LOG_LEVEL',
]
