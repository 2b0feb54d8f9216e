/** A fault that somebody could make in `lib/`: one text in one file takes the place of another. */
export interface DeliberateFault {
  /** What is wrong then, in one sentence. */
  name: string
  file: string
  /** Stands exactly once in the file. */
  search: string
  replace: string
  /** The scenario in which it shows; `mixed` where none is named. */
  scenario?: string
}

/** Faults that the simulation must find, in the order of an event's way. */
export const faults: readonly DeliberateFault[] = [
  {
    name: 'The webhook answers before SQS has the event.',
    file: 'lib/ingest/receive.ts',
    search: "if (event.kind === 'queue') await ports.enqueue([event.sealed], signal)",
    replace: "if (event.kind === 'queue') ports.enqueue([event.sealed], signal).catch(() => {})",
    scenario: 'slow-queue',
  },
  {
    name: 'Entries of a batch that SQS refused count as taken.',
    file: 'lib/queue/sqs.ts',
    search: 'if (taken !== batch.length)',
    replace: 'if (taken === 0)',
    scenario: 'flaky-queue',
  },
  {
    name: 'Each event is a message group of its own.',
    file: 'lib/ingest/accept.ts',
    search: 'groupId: groupIdOf(externalId, personSalt)',
    replace: 'groupId: groupIdOf(messageId, personSalt)',
    scenario: 'hot-person',
  },
  {
    name: 'What is to be retried is acknowledged.',
    file: 'lib/worker/settle.ts',
    search: "ends.filter(({ decision }) => decision.kind === 'retry')",
    replace: "ends.filter(({ decision }) => decision.kind === 'retry' && decision.inSeconds > 100)",
  },
  {
    name: 'A dead letter that SQS did not take counts as safe.',
    file: 'lib/worker/settle.ts',
    search: "return { kind: 'retry', inSeconds: capped(times.baseSeconds, times) }",
    replace: 'void capped\n      return decision',
    scenario: 'flaky-queue',
  },
  {
    name: 'Events behind one that waits are sent before it.',
    file: 'lib/worker/work-in-order.ts',
    search: "if (decision.kind === 'retry') waiting ??= decision.inSeconds",
    replace: '',
    scenario: 'hot-person',
  },
  {
    name: 'Only the first message of a person that waits is handed back, the rest is acknowledged.',
    file: 'lib/worker/work-in-order.ts',
    search: 'const outcome = mayStart ? await attempt(step, person, ports) : waits(waiting)',
    replace:
      "const outcome = mayStart ? await attempt(step, person, ports) : ({ kind: 'skipped', why: '' } as const)",
    scenario: 'hot-person',
  },
  {
    name: 'A newer identify is merged into one that only fills.',
    file: 'lib/worker/merge-identifies.ts',
    search: 'last && !last.isOlder && !isOlder ?',
    replace: 'last && !isOlder ?',
    scenario: 'hot-person',
  },
  {
    name: 'A message is acknowledged before its delivery is in the record.',
    file: 'lib/worker/work-in-order.ts',
    search: '  await people.save(groupId)\n',
    replace: '',
  },
  {
    name: 'Identifies are merged over the tracking events between them.',
    file: 'lib/worker/merge-identifies.ts',
    search: 'const last = steps.at(-1)',
    replace:
      "const last = steps.findLast(({ plan }) => plan.kind === one.plan.kind && plan.kind === 'upsertCustomer') ?? steps.at(-1)",
    scenario: 'hot-person',
  },
  {
    name: 'Waiting counts as trying.',
    file: 'lib/worker/count-attempts.ts',
    search: "['conflict', 'unavailable', 'unauthorized', 'failed']",
    replace: "['conflict', 'unavailable', 'unauthorized', 'failed', 'unattempted', 'throttled']",
    scenario: 'throttled',
  },
  {
    name: 'An event is given up at its first failure.',
    file: 'lib/worker/decide.ts',
    search: "return isGivenUp\n        ? deadLetter('UNAVAILABLE'",
    replace: "return attempts.total > 0\n        ? deadLetter('UNAVAILABLE'",
  },
  {
    name: 'A server error counts as delivered.',
    file: 'lib/delivery/classify-answer.ts',
    search: "const isSuccess = answer.kind === 'answer' && answer.status >= 200 && answer.status < 300",
    replace:
      "const isSuccess = answer.kind === 'answer' && (answer.status === 503 || (answer.status >= 200 && answer.status < 300))",
  },
  {
    name: 'A page of a gateway counts as delivered.',
    file: 'lib/delivery/classify-answer.ts',
    search: 'return isSuccess && !answer.isForeign ? answer : undefined',
    replace: 'return isSuccess ? answer : undefined',
    scenario: 'wrong-host',
  },
  {
    name: 'A wrong gateway rejects events.',
    file: 'lib/delivery/classify-answer.ts',
    search: 'if (isSetUp(status, kind) || (missingPathStatuses.has(status) && answer.isForeign))',
    replace: 'if (!isSetUp)',
    scenario: 'wrong-host',
  },
  {
    name: 'A look-up that failed counts as nobody found.',
    file: 'lib/delivery/request-customer.ts',
    search:
      "if (answer.kind === 'answer' && answer.status === 404 && !answer.isForeign) return { kind: 'none' }",
    replace: "if (answer.kind !== 'unattempted' && !successOf(answer)) return { kind: 'none' }",
    scenario: 'outage',
  },
  {
    name: 'A user takes the customer of another user of the same device.',
    file: 'lib/delivery/whose-customer.ts',
    search: "return by === 'email' && mergeByEmail ? 'takeOver' : 'none'",
    replace: "return mergeByEmail ? 'takeOver' : 'none'",
    scenario: 'shared-device',
  },
  {
    name: 'A guest overwrites the customer that was found by an address.',
    file: 'lib/delivery/whose-customer.ts',
    search: "isFree ? 'update' : 'fillOnly'",
    replace: "'update'",
    scenario: 'shared-device',
  },
  {
    name: 'A customer is not judged anew after a race.',
    file: 'lib/delivery/upsert-customer.ts',
    search: "found.kind === 'none' || found.claim === 'none'",
    replace: "found.kind === 'none'",
    scenario: 'shared-device',
  },
  {
    name: 'Lists are written without the rev that was read.',
    file: 'lib/delivery/customer-body.ts',
    search: 'return isEmpty ||',
    replace: 'return !isEmpty ||',
    scenario: 'meddling',
  },
  {
    name: 'A list of addresses is written without what the customer has.',
    file: 'lib/delivery/merge-addresses.ts',
    search: '...ours.map(item => writable(item.item, key)),',
    replace: '...ours.slice(0, 0).map(item => writable(item.item, key)),',
  },
  {
    name: 'A customer that is gone counts as updated.',
    file: 'lib/delivery/write-customer.ts',
    search: "if (found && status === 404 && !answer.isForeign) return { kind: 'gone', found }",
    replace: "if (found && status === 404) return { kind: 'delivered', status }",
    scenario: 'meddling',
  },
  {
    name: 'A request without an answer is sent again at once.',
    file: 'lib/kustomer/client.ts',
    search: 'const reply = await transport.send(endpoint, secret, body, timeoutMs)',
    replace:
      "let reply = await transport.send(endpoint, secret, body, timeoutMs)\n      for (let n = 0; n < 8 && reply.kind === 'none'; n++) reply = await transport.send(endpoint, secret, body, timeoutMs)",
    scenario: 'outage',
  },
  {
    name: 'A new key is not read where the old one is refused.',
    file: 'lib/kustomer/client.ts',
    search: "if (answer.kind !== 'answer' || (answer.status !== 401 && answer.status !== 403)) return answer",
    replace: 'return answer',
    scenario: 'rotation',
  },
  {
    name: 'Requests start until the very end of an invocation.',
    file: 'lib/kustomer/client.ts',
    search: 'const lastStartMs = deadlineMs - http.reserveMs',
    replace: 'const lastStartMs = deadlineMs - 1',
    scenario: 'low-pace',
  },
  {
    name: 'Requests are sent at twice the rate.',
    file: 'lib/kustomer/rate-limiter.ts',
    search: 'intervalMs: rate.windowMs / perMinute',
    replace: 'intervalMs: rate.windowMs / perMinute / 2',
    scenario: 'low-pace',
  },
  {
    name: 'Requests go on after a 429 of the organisation.',
    file: 'lib/kustomer/client.ts',
    search: 'rateLimiter.close(clock.now() + secondsToReset(headers, clock.now()) * 1_000)',
    replace: 'void secondsToReset',
    scenario: 'hot-person',
  },
  {
    name: 'A reset far in the future is believed.',
    file: 'lib/kustomer/rate-headers.ts',
    search: 'Math.min(seconds, rate.maxResetSeconds)',
    replace: 'Math.min(seconds, 86_400)',
    scenario: 'skewed-reset',
  },
  {
    name: 'The reason of a dead letter quotes what Kustomer answered.',
    file: 'lib/delivery/classify-answer.ts',
    search: 'const why = reasonFor(status, readKustomerError(body))',
    replace: 'const why = reasonFor(status, readKustomerError(body)) + JSON.stringify(body)',
  },
  {
    name: 'The delay of later messages of a group is forgotten.',
    file: 'lib/worker/carry-out.ts',
    search: 'const delays = ends.flatMap(',
    replace: 'const delays = ends.slice(0, 1).flatMap(',
    scenario: 'hiccups',
  },
  {
    name: 'Identifies with other look-up keys are merged.',
    file: 'lib/worker/merge-identifies.ts',
    search: 'return a.find.length === b.find.length && a.find.every(',
    replace: 'return a.find.length > 0 || a.find.every(',
    scenario: 'hot-person',
  },
  {
    name: 'A re-send is delivered again.',
    file: 'lib/worker/work-in-order.ts',
    search: 'return ids.some(id =>',
    replace: 'return ids.length > 2 && ids.some(id =>',
  },
  {
    name: 'A message that ends its worker is tried beside the others.',
    file: 'lib/worker/work-alone.ts',
    search: '- handedBack >= limits.undecidedReceives',
    replace: '- handedBack >= 1_000 * limits.undecidedReceives',
    scenario: 'poison',
  },
  {
    name: 'Any identify counts as unchanged.',
    file: 'lib/delivery/known-person.ts',
    search: 'return isRecent && identify.fingerprint === hash(contentOf(call))',
    replace: "return isRecent && hash(contentOf(call)) !== ''",
  },
  {
    name: 'A create does not claim the anonymous id.',
    file: 'lib/delivery/customer-body.ts',
    search: 'return claims === undefined ? customer :',
    replace: "return claims !== '' ? customer :",
  },
  {
    name: 'A look-up by e-mail that Kustomer refuses dead-letters the identify.',
    file: 'lib/delivery/find-customer.ts',
    search: "if (search.kind === 'stopped' && key.role === 'email' && isRefused(search.outcome)) continue",
    replace: 'void isRefused',
    scenario: 'hot-person',
  },
  {
    name: 'A new webhook secret is known only minutes later.',
    file: 'lib/ingest/authenticate.ts',
    search: '    const before = cache.values()\n    await cache.refresh()\n',
    replace: '    const before = cache.values()\n',
    scenario: 'rotation',
  },
  {
    name: 'An older identify overwrites a newer one.',
    file: 'lib/delivery/known-person.ts',
    search: 'return person.newestIdentifyMs !== undefined && eventAtMs < person.newestIdentifyMs',
    replace: 'return Number.isNaN(person.newestIdentifyMs ?? eventAtMs)',
  },
]
