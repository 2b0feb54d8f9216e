import { readFileSync } from 'node:fs'

/** Clock ticks per second in `/proc` on Linux (`getconf CLK_TCK`). */
const ticks = 100

/** MB (1 MB = 1,024 kB) of the largest memory that a process has had. Linux only. */
export function peakMb(pid: number | undefined): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024
}

/** Seconds of user and system time of a process: fields 14 and 15, after a name in brackets. Linux only. */
export function cpuSeconds(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / ticks
}

/**
 * The vCPUs of a function with so much memory: one with 1,769 MB, others in proportion (docs.aws.amazon.com, "Configure
 * Lambda function memory").
 */
export function vcpusOf(memoryMb: number): number {
  return memoryMb / 1_769
}

/** V8's old and young generations, as Lambda's runtime sets them: 90 % and 5 % of the memory. */
export function heapOptions(memoryMb: number): string {
  return `--max-old-space-size=${Math.floor(memoryMb * 0.9)} --max-semi-space-size=${Math.floor(memoryMb * 0.05)}`
}
