import { type AuditLine, auditedFilter, createAudit } from '../dead-letters/audit.ts'
import type { Filter } from '../dead-letters/filter.ts'
import type { RelayAccess } from '../dead-letters/relay-access.ts'
import { type LeasedBatch, type Scan, withDeadLetters, withScan } from '../dead-letters/scan.ts'
import { openRelay, type Target } from '../dead-letters/targets.ts'
import { mayAsk } from '../terminal/ask.ts'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { reasonOf } from '../terminal/command-line.ts'
import { paint } from '../terminal/terminal.ts'

/** A relay that a command works on, how it was named, and where the command prints. */
export interface Session {
  relay: RelayAccess
  target: Target
  io: CommandIo
  signal: AbortSignal
  /** Writes a line of the audit log, or warns that it could not. */
  audit(line: AuditLine): Promise<void>
}

/**
 * Opens the relay of a target, calls `use`, and closes its clients. Returns the result of `use`. If the AWS credentials
 * expire meanwhile, it says so and waits for new ones.
 */
export async function withRelay<T>(
  target: Target,
  io: CommandIo,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const signal = io.interruption()
  const relay = await openRelay(target, io, {
    signal,
    onExpired() {
      showLine(io, '')
      warn(io, `Your AWS credentials have expired. Renew them in another terminal, for example with`)
      warn(io, '  aws sso login')
      warn(io, 'and the work goes on where it stopped. Ctrl-C ends it.')
    },
    onRenewed: () => warn(io, 'The AWS credentials work again.'),
  })
  const write = createAudit(relay)
  const audit = async (line: AuditLine) => {
    const fault = await write(line)
    if (fault !== undefined) warn(io, `No audit line could be written: ${fault}`)
  }
  try {
    return await use({ relay, target, io, signal, audit })
  } finally {
    relay.close()
  }
}

/** Reads the whole dead-letter queue, shows the progress, and calls `use` with the dead letters. Returns its result. */
export async function readDeadLetters<T>(
  session: Session,
  use: (batch: LeasedBatch) => Promise<T>,
): Promise<T> {
  return withDeadLetters(session.relay.queues, scanOptions(session), batch => {
    showLine(session.io, '')
    warnUnseen(batch.unseen, session.io)
    return use(batch)
  })
}

/** Calls `use` with a scan of the dead-letter queue, and shows its progress. Returns the result of `use`. */
export async function scanDeadLetters<T>(session: Session, use: (scan: Scan) => Promise<T>): Promise<T> {
  return withScan(session.relay.queues, scanOptions(session), use)
}

/** Warns on standard error if some dead letters could not be read. */
export function warnUnseen(unseen: number, io: CommandIo): void {
  if (unseen > 0)
    warn(
      io,
      `about ${unseen} more could not be read: they are leased by another reader, or behind others in their group`,
    )
}

/** Returns a selection as the audit log shows it. */
export function audited(session: Session, filter: Filter, limit: number | undefined): object {
  return auditedFilter(filter, limit, session.relay.people?.salt)
}

/** Replaces the line of progress on a terminal. It prints nothing elsewhere. */
export function showLine({ err }: CommandIo, text: string): void {
  if (err.isTerminal) err.write(`\r\x1b[K${text}`)
}

/** @throws Error if `--yes` is missing and there is no terminal to ask on. */
export function requireAnswer(io: CommandIo, isSure: boolean | undefined): void {
  if (!isSure && !mayAsk(io))
    throw new Error('There is no terminal to ask on: use --yes, or --dry-run to check first')
}

/** Prints a warning to standard error. */
export function warn({ err }: CommandIo, text: string): void {
  printLine(err, paint('yellow', reasonOf(text), err))
}

/** `1 dead letter`, `2 dead letters`. */
export function deadLetterCount(count: number): string {
  return `${count.toLocaleString('en')} dead letter${count === 1 ? '' : 's'}`
}

function scanOptions({ target, io, signal }: Session) {
  return {
    signal,
    onRead: (count: number) => showLine(io, `reading the dead-letter queue: ${count.toLocaleString('en')}`),
    onKept: (count: number, seconds: number) =>
      warn(io, `${count} dead letters could not be released: they are hidden for ${seconds} s`),
    // A short poll is enough: the emulator of a local relay answers it with all messages.
    waitSeconds: target.local ? 0 : 1,
  }
}
