import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import type { Construct } from 'constructs'

/** Who hears the alarms: an address, an existing topic, both, or nobody. */
export interface AlarmTopicProps {
  stage: string
  email?: string
  /** An existing topic, to which CloudWatch may publish. Without it, a topic is created. */
  topicArn?: string
  /** A key of the customer's for a topic that is created. Its policy must admit CloudWatch. */
  kmsKeyArn?: string
}

/**
 * The topic that the alarms notify. One that is created has TLS only and is encrypted. CloudWatch cannot publish to a
 * topic that is encrypted with SNS's own key, since that key's policy cannot be changed. So the topic has a key whose
 * policy admits CloudWatch for alarms of this account alone (docs.aws.amazon.com, SNS developer guide, "Managing
 * encryption keys"; repost.aws, "cloudwatch-configure-alarm-sns", read 2026-11-26).
 */
export function alarmTopic(scope: Construct, { stage, email, topicArn, kmsKeyArn }: AlarmTopicProps): ITopic {
  const topic = topicArn
    ? Topic.fromTopicArn(scope, 'ExistingTopic', topicArn)
    : created(scope, stage, kmsKeyArn)
  if (email) topic.addSubscription(new EmailSubscription(email))
  return topic
}

function created(scope: Construct, stage: string, kmsKeyArn: string | undefined): ITopic {
  const topic = new Topic(scope, 'Topic', {
    displayName: `Kustomer Relay ${stage}`,
    enforceSSL: true,
    masterKey: kmsKeyArn ? Key.fromKeyArn(scope, 'ExistingKey', kmsKeyArn) : topicKey(scope, stage),
  })
  // Enforcing TLS replaces the topic's default policy, which would have allowed the account's alarms.
  topic.addToResourcePolicy(forAlarms(scope, ['sns:Publish'], topic.topicArn))
  return topic
}

/** It encrypts nothing that is kept, so it goes with the stack. */
function topicKey(scope: Construct, stage: string): Key {
  const key = new Key(scope, 'TopicKey', {
    description: `Alarms of Kustomer Relay ${stage}`,
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.DESTROY,
    pendingWindow: Duration.days(7),
  })
  // In a key's own policy, * is the key.
  key.addToResourcePolicy(forAlarms(scope, ['kms:Decrypt', 'kms:GenerateDataKey*'], '*'))
  return key
}

/** A grant to a service principal takes no conditions in the CDK: its `principalStatement` is undefined. */
function forAlarms(scope: Construct, actions: string[], resource: string) {
  return new PolicyStatement({
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions,
    resources: [resource],
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  })
}
