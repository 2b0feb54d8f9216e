/**
 * The variables of a function's environment that Node and Powertools read, not our own code. That the bundles do read
 * those of Powertools is held in `test/budget.system.test.ts`.
 */
export const libraryVariables = [
  'NODE_OPTIONS',
  'POWERTOOLS_SERVICE_NAME',
  'POWERTOOLS_METRICS_NAMESPACE',
  'POWERTOOLS_LOG_LEVEL',
]
