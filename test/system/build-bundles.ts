import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { type Bundles, buildBundles } from '../../tools/local-relay/build-bundles.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The functions' bundles, for `inject('bundles')`. */
    bundles: Bundles
  }
}

/** Global set-up of the system tests: builds the functions' bundles once for all of them. */
export async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'relay-bundles-'))
  project.provide('bundles', await buildBundles(folder))
  return () => rmSync(folder, { recursive: true, force: true })
}
