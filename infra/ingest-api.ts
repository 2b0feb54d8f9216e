import { type RemovalPolicy, Validations } from 'aws-cdk-lib'
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import {
  DomainName,
  EndpointType,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import { Key } from 'aws-cdk-lib/aws-kms'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { FilterPattern, LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { metrics } from '../lib/policy.ts'

/** The function behind the API, and its throttling in requests per second and at once. */
export interface IngestApiProps {
  stage: string
  handler: IFunction
  throttling: { perSecond: number; burst: number }
  logRetention: RetentionDays
  removalPolicy: RemovalPolicy
  /** A host of its own. API Gateway's own host is then off, so that nobody can go around the domain. */
  domain?: { name: string; certificateArn: string }
  kmsKeyArn?: string
  metricsNamespace: string
}

// No text of the caller: no path, query, header or body, which could hold personal data or a key. CloudWatch has the time.
const accessLog = AccessLogFormat.custom(
  JSON.stringify({
    requestId: AccessLogField.contextRequestId(),
    route: AccessLogField.contextRouteKey(),
    status: AccessLogField.contextStatus(),
    ip: AccessLogField.contextIdentitySourceIp(),
    latencyMs: AccessLogField.contextResponseLatency(),
    integrationError: '$context.integrationErrorMessage',
  }),
)

/** The routes as the access log names them. */
const routes = { events: 'POST /v1/events', health: 'GET /health' }

/**
 * Ingest: an HTTP API with `POST /v1/events` and `GET /health`, throttled, with an access log.
 * The function authenticates the caller, since RudderStack can only send a header with a secret.
 */
export class IngestApi extends Construct {
  readonly api: HttpApi
  readonly stage: HttpStage
  /** Where a custom domain's CNAME must point; undefined without one. */
  readonly domainTarget: string | undefined

  constructor(scope: Construct, id: string, props: IngestApiProps) {
    super(scope, id)
    this.api = new HttpApi(this, 'Api', {
      apiName: `kustomer-relay-${props.stage}`,
      createDefaultStage: false,
      disableExecuteApiEndpoint: props.domain !== undefined,
    })
    const integration = new HttpLambdaIntegration('Ingest', props.handler)
    this.api.addRoutes({ path: '/v1/events', methods: [HttpMethod.POST], integration })
    this.api.addRoutes({ path: '/health', methods: [HttpMethod.GET], integration })
    Validations.of(this.api).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        "RudderStack can only authenticate with a fixed header: the function compares it in constant time with the secret's current and previous value. The health route tells the version, which is public.",
    })
    const log = new LogGroup(this, 'AccessLog', {
      // With this prefix the log group needs no entry in the account's resource policy, whose size is limited.
      logGroupName: `/aws/vendedlogs/kustomer-relay-${props.stage}-access`,
      retention: props.logRetention,
      removalPolicy: props.removalPolicy,
      ...(props.kmsKeyArn && { encryptionKey: Key.fromKeyArn(this, 'LogKey', props.kmsKeyArn) }),
    })
    this.countRefusals(log, props.metricsNamespace)
    const domainName = props.domain && this.domain(props.domain)
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle: { rateLimit: props.throttling.perSecond, burstLimit: props.throttling.burst },
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: accessLog },
      ...(domainName && { domainMapping: { domainName } }),
    })
    this.domainTarget = domainName?.regionalDomainName
  }

  /** The URL that is entered in RudderStack. */
  get webhookUrl() {
    const base = this.domainTarget ? this.stage.domainUrl : this.stage.url
    return `${base}v1/events`
  }

  /**
   * Counts the 4xx that API Gateway gives to requests without a route: a wrong path or method. The function counts its
   * own, and a 429, which RudderStack repeats, has a route.
   */
  private countRefusals(log: LogGroup, metricNamespace: string) {
    const isElsewhere = Object.values(routes).map(route => FilterPattern.stringValue('$.route', '!=', route))
    log.addMetricFilter('Refusals', {
      filterPattern: FilterPattern.all(FilterPattern.stringValue('$.status', '=', '4*'), ...isElsewhere),
      metricNamespace,
      metricName: metrics.apiRefusals,
      metricValue: '1',
    })
  }

  private domain({ name, certificateArn }: { name: string; certificateArn: string }) {
    return new DomainName(this, 'Domain', {
      domainName: name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      endpointType: EndpointType.REGIONAL,
      securityPolicy: SecurityPolicy.TLS_1_2,
    })
  }
}
