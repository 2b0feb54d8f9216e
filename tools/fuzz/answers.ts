import fc from 'fast-check'
import { classifyAnswer, successOf } from '../../lib/delivery/classify-answer.ts'
import { readAnswerBody } from '../../lib/kustomer/answer-body.ts'
import type { CallKind } from '../../lib/kustomer/endpoints.ts'
import { readKustomerError } from '../../lib/kustomer/error-body.ts'
import { isOneCustomersLimit, limitIn, remainingIn, secondsToReset } from '../../lib/kustomer/rate-headers.ts'
import { rate } from '../../lib/policy.ts'
import { type Answer, hostileAnswer } from './generate/hostile-answer.ts'
import { builtinsAreUnchanged } from './oracles/builtins.ts'
import { holdsNoMark } from './oracles/marks.ts'
import { must, type Target } from './target.ts'

/** An answer to a request of this kind. */
interface AnswerCase {
  answer: Answer
  kind: CallKind
}

const nowMs = 1_800_000_000_000

/** Kustomer's answers: status, headers and body. */
export const answers: Target<AnswerCase> = {
  name: 'answers',
  sentence: 'Any answer of Kustomer leads to an outcome by its status, and no text of it is kept.',
  cases: fc.record({
    answer: hostileAnswer,
    kind: fc.constantFrom<CallKind>('find', 'read', 'create', 'update', 'record'),
  }),
  check({ answer: { status, headers, text }, kind }) {
    const response = { kind: 'answer', status, headers, ...readAnswerBody(text, status, headers) } as const
    const outcome = classifyAnswer(response, kind, nowMs)
    holdsNoMark([outcome, readKustomerError(response.body)], 'outcomes')
    must(mayFollow(status).includes(outcome.kind), 'the outcome follows from the status', [status, outcome])
    must('why' in outcome ? outcome.why.length <= 1_000 : true, 'a reason is short', outcome)
    const isSuccess = successOf(response) !== undefined
    must(!isSuccess || (status >= 200 && status < 300), 'only a 2xx is a success', status)
    areNumbers(headers)
    builtinsAreUnchanged()
  },
}

/** The outcomes that a status may lead to where the answer is no success. */
function mayFollow(status: number): string[] {
  if (status === 429) return ['throttled']
  if (status === 409) return ['conflict']
  if (status === 408 || status < 300 || status >= 500) return ['unavailable']
  if (status < 400 || [401, 402, 403, 405, 415, 426].includes(status)) return ['unauthorized']
  return [404, 410].includes(status) ? ['unauthorized', 'rejected'] : ['rejected']
}

function areNumbers(headers: Answer['headers']): void {
  const seconds = secondsToReset(headers, nowMs)
  must(seconds >= 1 && seconds <= rate.maxResetSeconds, 'a reset is within two windows', seconds)
  for (const number of [limitIn(headers), remainingIn(headers)])
    must(
      number === undefined || (number >= 0 && Number.isFinite(number)),
      'a number of a header is one',
      number,
    )
  must(typeof isOneCustomersLimit(headers) === 'boolean', 'whose limit it is, is known')
}
