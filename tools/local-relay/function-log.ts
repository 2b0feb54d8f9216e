import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import type { ContainerOptions } from './container-process.ts'

/** Where the containers of a function write their logs. */
export interface FunctionLog {
  path: string
  target: ContainerOptions['log']
  close(): void
}

/**
 * A function's log file, emptied; several containers append to it. They write to its descriptor by themselves, or,
 * where `onLog` hears the log as well, through a listener that gives it to both.
 */
export function openLog(path: string, onLog?: (piece: Uint8Array) => void): FunctionLog {
  writeFileSync(path, '')
  const file = openSync(path, 'a')
  const both = (text: Buffer) => {
    writeSync(file, text)
    onLog?.(text)
  }
  return { path, target: onLog ? both : file, close: () => closeSync(file) }
}
