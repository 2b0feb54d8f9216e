import { ArnFormat, type RemovalPolicy, Stack, Validations } from 'aws-cdk-lib'
import { CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Construct } from 'constructs'

/** A reference to a secret: `id` is for the function's code, `arn` for its role. */
export interface SecretReference {
  name: string
  id: string
  arn: string
  /** The customer's key that encrypts it; undefined where it is AWS's own. */
  keyArn: string | undefined
}

/** Names of existing secrets. A secret without a name is created. */
export interface RelaySecretsProps {
  stage: string
  removalPolicy: RemovalPolicy
  webhook?: string
  kustomerKey?: string
  /** The customer's keys that encrypt the existing secrets, and the created ones. */
  existingKeyArn?: string
  createdKeyArn?: string
}

/**
 * The two secrets. They are separate, so that each function can read only its own. Secrets Manager generates the
 * webhook secret; Kustomer's key is created empty, and an operator sets it. No value is ever in a template.
 */
export class RelaySecrets extends Construct {
  readonly webhook: SecretReference
  readonly kustomerKey: SecretReference

  constructor(scope: Construct, id: string, props: RelaySecretsProps) {
    super(scope, id)
    this.webhook = props.webhook ? this.existing(props.webhook, props.existingKeyArn) : this.generated(props)
    this.kustomerKey = props.kustomerKey
      ? this.existing(props.kustomerKey, props.existingKeyArn)
      : this.empty(props)
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Kustomer and RudderStack hold the secrets too, and Secrets Manager cannot send them a new value: operators rotate the secrets by hand, without losing an event, as the README describes.',
    })
  }

  private existing(name: string, keyArn: string | undefined): SecretReference {
    // Secrets Manager appends a dash and six random characters to every ARN.
    const arn = Stack.of(this).formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      resourceName: `${name}-??????`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    })
    return { name, id: name, arn, keyArn }
  }

  private generated({ stage, removalPolicy, createdKeyArn: keyArn }: RelaySecretsProps): SecretReference {
    const name = `kustomer-relay/${stage}/webhook`
    const secret = new Secret(this, 'Webhook', {
      secretName: name,
      description: 'The secret that RudderStack sends in its authorization header',
      // It is pasted into a form and sent in a header, so it has only letters and digits: 285 bits.
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
      removalPolicy,
    })
    const resource = secret.node.defaultChild
    if (keyArn && resource instanceof CfnSecret) resource.kmsKeyId = keyArn
    return { name, id: secret.secretArn, arn: secret.secretArn, keyArn }
  }

  private empty({ stage, removalPolicy, createdKeyArn: keyArn }: RelaySecretsProps): SecretReference {
    const name = `kustomer-relay/${stage}/kustomer-api-key`
    // The CloudFormation resource: CDK's Secret always generates a value, which would look like a key.
    const secret = new CfnSecret(this, 'KustomerKey', {
      name,
      description: "Kustomer's API key; put in by hand",
      ...(keyArn && { kmsKeyId: keyArn }),
    })
    secret.applyRemovalPolicy(removalPolicy)
    return { name, id: secret.ref, arn: secret.ref, keyArn }
  }
}
