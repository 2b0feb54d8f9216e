/** Whether the `hostname` of a parsed URL is a name or an address of this machine itself. */
export function isLoopbackHost(hostname: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
}
