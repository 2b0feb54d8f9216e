import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** Starts moto on a free port of loopback. Resolves when moto has printed its port. */
export async function startMoto() {
  const child = spawn('python3', ['-u', '-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const port = await new Promise<string>((found, failed) => {
    child.once('exit', code => failed(new Error(`moto ended with ${code}`)))
    createInterface(child.stderr).on('line', line => {
      const [, digits] = /Running on http:\/\/127\.0\.0\.1:(\d+)/.exec(line) ?? []
      if (digits) found(digits)
    })
  })
  // A host name and not an address, because S3 buckets are called at bucket.localhost.
  const endpoint = `http://localhost:${port}`
  const credentials = { accessKeyId: 'smoke', secretAccessKey: 'smoke' }
  return {
    aws: { endpoint, credentials, region: 'us-east-1' },
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      // Ignores the user's AWS profile, which may belong to a real account.
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_PROFILE: undefined,
    },
    stop: () => child.kill(),
  }
}
