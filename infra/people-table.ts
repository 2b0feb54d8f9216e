import { RemovalPolicy, Validations } from 'aws-cdk-lib'
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb'
import { Key } from 'aws-cdk-lib/aws-kms'
import { Construct } from 'constructs'
import { personRecords } from '../lib/policy.ts'

/**
 * The stage of the table, whether it is kept when the stack is deleted, and whether it refuses to be deleted at all.
 * The latter would also stop CloudFormation from cleaning up after a first deployment that failed.
 */
export interface PeopleTableProps {
  stage: string
  removalPolicy: RemovalPolicy
  isProtected: boolean
  /** A key of the customer's, instead of the account's AWS managed key. */
  kmsKeyArn?: string
}

/**
 * The table of the person records and of the rate limit: billed on demand, encrypted with the account's AWS managed
 * key, and with time to live. When it is retained, it can be restored to any second of the last 35 days.
 */
export class PeopleTable extends Construct {
  readonly table: Table

  constructor(
    scope: Construct,
    id: string,
    { stage, removalPolicy, isProtected, kmsKeyArn }: PeopleTableProps,
  ) {
    super(scope, id)
    const isKept = removalPolicy !== RemovalPolicy.DESTROY
    const { key, expiry } = personRecords.table
    this.table = new Table(this, 'Table', {
      tableName: `kustomer-relay-${stage}-people`,
      partitionKey: { name: key, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      ...(kmsKeyArn
        ? {
            encryption: TableEncryption.CUSTOMER_MANAGED,
            encryptionKey: Key.fromKeyArn(this, 'Key', kmsKeyArn),
          }
        : { encryption: TableEncryption.AWS_MANAGED }),
      timeToLiveAttribute: expiry,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: isKept },
      deletionProtection: isProtected,
      removalPolicy,
    })
    if (isKept) return
    Validations.of(this.table).acknowledge({
      id: 'AwsSolutions-DDB3',
      reason: 'A stage that is not retained needs no backup: the relay learns the records again.',
    })
  }
}
