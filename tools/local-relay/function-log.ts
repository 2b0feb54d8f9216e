import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import type { ContainerOptions } from './container-process.ts'

/** The log file of a function. All its containers write to it. */
export interface FunctionLog {
  path: string
  target: ContainerOptions['log']
  close(): void
}

/**
 * Opens a function's log file and empties it; several containers append to it. Without `onLog` they write to the file
 * descriptor directly. With `onLog`, a listener writes each piece to the file and passes it to `onLog`.
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
