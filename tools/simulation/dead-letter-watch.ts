import { SendMessageCommand } from '@aws-sdk/client-sqs'
import type { DeadLetterEntry, Ledger } from './ledger.ts'
import type { QueueMessage } from './queue-message.ts'

/** Enters dead letters into the ledger, and whether whoever sent them was told that they are safe. */
export interface DeadLetterWatch {
  onDeadLetter(message: QueueMessage): void
  /** SQS's answer reached the code that sent the command. */
  onSqsAnswer(command: object, answer: object): void
}

/** Watches the dead-letter queue of one run. A letter that was sent twice within five minutes is one message. */
export function watchDeadLetters(ledger: Ledger): DeadLetterWatch {
  const letters = new Map<string, DeadLetterEntry>()
  return {
    onDeadLetter({ id, body, attributes, sentAtMs }) {
      const letter = { at: sentAtMs, code: attributes?.ERROR_CODE?.StringValue, isAnswered: false }
      letters.set(id, letter)
      ledger.deadLettered(body, letter)
    },
    onSqsAnswer(command, answer) {
      if (!(command instanceof SendMessageCommand) || !('MessageId' in answer)) return
      const letter = letters.get(String(answer.MessageId))
      if (letter) letter.isAnswered = true
    },
  }
}
