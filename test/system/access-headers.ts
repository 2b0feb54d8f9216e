import type { LocalCredentials } from '../../tools/local-relay/local-aws.ts'

/** Headers with which a test asks a local AWS service without its client, for what the client does not offer. */
export function accessHeaders({ accessKeyId }: Pick<LocalCredentials, 'accessKeyId'>) {
  return { authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/us-east-1/sqs/aws4_request` }
}
