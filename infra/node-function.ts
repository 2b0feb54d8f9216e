import { fileURLToPath } from 'node:url'
import {
  AssetHashType,
  Aws,
  DockerImage,
  Duration,
  type RemovalPolicy,
  Stack,
  Validations,
} from 'aws-cdk-lib'
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { buildSync } from 'esbuild'
import { bundle, functions } from '../lib/policy.ts'

/**
 * What differs between the functions. `name` is the folder under `functions/` and the service's name in logs and
 * metrics.
 */
export interface NodeFunctionProps {
  name: 'ingest' | 'worker'
  stage: string
  metricsNamespace: string
  logRetention: RetentionDays
  removalPolicy: RemovalPolicy
  /** Whether X-Ray records its invocations. */
  tracing: boolean
  environment: Record<string, string>
  /** A key of the customer's for queues, table and logs. */
  kmsKeyArn?: string
  reservedConcurrency?: number
}

/**
 * A function of the relay: newest Node on arm64, the bundle that the local relay runs too, JSON logs in its own log
 * group, and a role that may only write those logs (and traces, where the stage has them). `allow` grants further
 * permissions.
 */
export class NodeFunction extends Construct {
  readonly fn: LambdaFunction
  readonly logGroup: LogGroup
  private readonly role: Role

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id)
    const functionName = `kustomer-relay-${props.stage}-${props.name}`
    const { memoryMb, timeoutSeconds } = functions[props.name]
    this.logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: props.logRetention,
      removalPolicy: props.removalPolicy,
      ...(props.kmsKeyArn && { encryptionKey: Key.fromKeyArn(this, 'LogKey', props.kmsKeyArn) }),
    })
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    this.logGroup.grantWrite(this.role)
    if (props.tracing)
      Validations.of(this.role).acknowledge({
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: "X-Ray's PutTraceSegments and PutTelemetryRecords have no resource, so they need *.",
      })
    this.fn = new LambdaFunction(this, 'Function', {
      functionName,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: bundled(props.name),
      memorySize: memoryMb,
      timeout: Duration.seconds(timeoutSeconds),
      role: this.role,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      // Start and report lines of every invocation would cost more than the relay's own lines; failures are still logged.
      systemLogLevelV2: SystemLogLevel.WARN,
      tracing: props.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      environment: environmentOf(props),
      reservedConcurrentExecutions: props.reservedConcurrency,
    })
  }

  /** Allows the function these actions on these resources, in a statement of its own. Neither may be a wildcard. */
  allow(actions: string[], resources: string[]) {
    this.role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions, resources }))
  }

  /**
   * Allows the function to use a key of the customer's, but only by way of a service, like `sqs`: the function cannot
   * decrypt anything itself (docs.aws.amazon.com, KMS developer guide, "kms:ViaService", read 2026-11-26). Without a
   * key it does nothing.
   */
  allowKey(service: string, actions: string[], keyArn: string | undefined) {
    if (keyArn === undefined) return
    const { region, urlSuffix } = Stack.of(this)
    const conditions = { StringEquals: { 'kms:ViaService': `${service}.${region}.${urlSuffix}` } }
    this.role.addToPolicy(new PolicyStatement({ actions, resources: [keyArn], conditions }))
  }
}

function bundled(name: string) {
  const folder = fileURLToPath(new URL(`../functions/${name}`, import.meta.url))
  return Code.fromAsset(folder, {
    // The hash of the bundle, so that a changed comment causes no deployment.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('esbuild-runs-here'),
      local: {
        tryBundle(outputDirectory) {
          const outfile = `${outputDirectory}/index.mjs`
          buildSync({
            ...bundle,
            mainFields: [...bundle.mainFields],
            entryPoints: [`${folder}/index.ts`],
            outfile,
          })
          return true
        },
      },
    },
  })
}

function environmentOf(props: NodeFunctionProps): Record<string, string> {
  return {
    NODE_OPTIONS: '--enable-source-maps',
    POWERTOOLS_SERVICE_NAME: props.name,
    POWERTOOLS_METRICS_NAMESPACE: props.metricsNamespace,
    POWERTOOLS_LOG_LEVEL: 'INFO',
    // The stack's id ends in a UUID, so that message groups differ between stacks and no person can be guessed from one.
    PERSON_SALT: Aws.STACK_ID,
    ...props.environment,
  }
}
