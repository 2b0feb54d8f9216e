import type { RemovalPolicy } from 'aws-cdk-lib'
import { Key } from 'aws-cdk-lib/aws-kms'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { logs } from '../lib/policy.ts'

/** The stage of the audit log, and whether it is kept when the stack is deleted. */
export interface AuditLogProps {
  stage: string
  removalPolicy: RemovalPolicy
  /** A key of the customer's, instead of CloudWatch's own. */
  kmsKeyArn?: string
}

/**
 * The log group in which the tools note each replay, purge, export, import and erasure of dead letters: who, which
 * filter and how many. The functions do not write to it.
 */
export class AuditLog extends Construct {
  readonly logGroup: LogGroup

  constructor(scope: Construct, id: string, { stage, removalPolicy, kmsKeyArn }: AuditLogProps) {
    super(scope, id)
    this.logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/kustomer-relay/${stage}/audit`,
      retention: logs.auditRetentionDays,
      removalPolicy,
      ...(kmsKeyArn && { encryptionKey: Key.fromKeyArn(this, 'Key', kmsKeyArn) }),
    })
  }
}
