/** Returns why a file cannot be read, in words. The file is named by the caller. */
export function fileFault({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'no such file'
  if (code === 'EISDIR') return 'a folder, not a file'
  if (code === 'EACCES' || code === 'EPERM') return 'no permission'
  return message
}
