import { rate } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import { takeTokens } from './rate-item.ts'
import type { SharedRate } from './shared-rate.ts'
import type { WaitingLine } from './waiting-line.ts'

/** The waiting requests, and where their tokens come from. No token is valid before `closedUntilMs`. */
export interface Serving {
  line: WaitingLine
  shared: SharedRate
  clock: Clock
  closedUntilMs(): number
}

/**
 * A token that was taken, and when it is due by the container's clock. `isOwn`: it is from the container's own part.
 */
interface Token {
  dueMs: number
  epoch: number
  isOwn: boolean
}

/**
 * Grants tokens to the waiting requests, in their order, until none is waiting. `onTaken` is called with the number of
 * tokens at hand whenever that changes. Never throws.
 */
export async function serveLine(serving: Serving, onTaken: (tokens: number) => void): Promise<void> {
  while (serving.line.all().length > 0) {
    const tokens = await take(serving)
    onTaken(tokens.length)
    for (const [given, token] of tokens.entries()) {
      if (!(await comesDue(token, serving))) break
      onTaken(tokens.length - given - 1)
      serving.line.grantFirst()
    }
  }
}

/** Takes tokens for the waiting requests and refuses those that cannot wait. When no token is due soon, waits first. */
async function take({ line, shared, clock, closedUntilMs }: Serving): Promise<Token[]> {
  const taken = await shared.change((item, tokenRate, nowMs) => {
    const aheadMs = shared.aheadMs()
    const waiting = line.all()
    const deadlinesMs = waiting.map(({ deadlineMs }) => deadlineMs + aheadMs)
    const wanted = { deadlinesMs, notBeforeMs: closedUntilMs() + aheadMs }
    const tokens = takeTokens(item, wanted, tokenRate, nowMs)
    return { item: tokens.item, result: { ...tokens, waiting, aheadMs } }
  })
  const { aheadMs, item, waiting } = taken
  for (const { position, dueMs } of taken.refused)
    line.refuse(waiting[position], (dueMs - aheadMs - clock.now()) / 1_000)
  if (taken.dueMs.length === 0 && Number.isFinite(taken.nextMs)) {
    const waitMs = taken.nextMs - aheadMs - rate.horizonMs - clock.now()
    await clock.sleep(Math.min(waitMs, rate.freshMs))
  }
  return taken.dueMs.map(dueMs => ({ dueMs: dueMs - aheadMs, epoch: item.epoch, isOwn: shared.isAlone() }))
}

/** Waits until a token is due. False when it is void by then, or too old because the container was frozen. */
async function comesDue(token: Token, serving: Serving): Promise<boolean> {
  const { line, shared, clock } = serving
  for (;;) {
    const waitMs = token.dueMs - clock.now()
    if (waitMs > 0) {
      await clock.sleep(Math.min(waitMs, rate.freshMs))
      await shared.refresh()
      line.refuseBefore(clock.now())
    }
    if (isVoid(token, serving)) return false
    if (waitMs <= rate.freshMs) return clock.now() - token.dueMs <= rate.lateMs
  }
}

function isVoid({ dueMs, epoch, isOwn }: Token, { shared, closedUntilMs }: Serving): boolean {
  const isOutdated = isOwn && !shared.isAlone()
  return isOutdated || shared.item().epoch !== epoch || dueMs < closedUntilMs()
}
