/** What the tools need of a deployed stack. */
export interface DeployedStack {
  /** Its ARN. The relay uses it as the salt of its hashes. */
  id: string
  /** The value of an output; undefined if the stack has none of this name. */
  output(key: string): string | undefined
}

/**
 * Reads a stack and its outputs from CloudFormation. Region and credentials come from the usual AWS sources.
 * @throws Error that says what to do if there is no such stack, or whatever the SDK throws.
 */
export async function readStack(name: string): Promise<DeployedStack> {
  // Loaded only here, because it is slow to load and only a deployed stack needs it.
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation')
  const client = new CloudFormationClient({})
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }))
  const stack = Stacks?.[0]
  if (!stack) throw new Error(`There is no stack ${name} in this account and region`)
  return {
    id: stack.StackId ?? '',
    output: key => stack.Outputs?.find(one => one.OutputKey === key)?.OutputValue,
  }
}
