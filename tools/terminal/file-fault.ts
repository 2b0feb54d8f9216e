/** Returns why a file cannot be read, in words. The file is named by the caller. */
export function fileFault({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'no such file'
  if (code === 'EISDIR') return 'it is a folder'
  if (code === 'EACCES' || code === 'EPERM') return 'you have no permission'
  return message
}
