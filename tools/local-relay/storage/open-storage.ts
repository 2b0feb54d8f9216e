import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** The folder in which a local relay keeps what must survive a restart. */
export interface RelayStorage {
  /** Holds the queues' messages and the stand-in's customers. A write that has returned survives SIGKILL. */
  database: DatabaseSync
  /** The folder for the files of the person records. */
  peoplePath: string
  /** A second call has no effect. */
  close(): void
}

/** Increase it when a table changes. */
const schemaVersion = 1

const schema = `
  CREATE TABLE IF NOT EXISTS message (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    queue TEXT NOT NULL,
    content TEXT NOT NULL,
    receives INTEGER NOT NULL,
    first_received_ms INTEGER
  ) STRICT;
  CREATE TABLE IF NOT EXISTS customer (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    attributes TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS customer_event (
    position INTEGER PRIMARY KEY,
    content TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS last_id (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
  ) STRICT;
`

/** SQLite's result codes (sqlite.org/rescode.html, read 2026-11-26). */
const codes = { busy: 5, notADatabase: 26 }

/**
 * Opens the folder for this process alone, and creates it if it is missing. Only its owner can read the files.
 * After a power cut, the last seconds of writes may be missing.
 * @throws Error with a sentence for the user: another relay uses the folder, or the relay cannot use it.
 */
export function openStorage(folder: string): RelayStorage {
  const file = join(folder, 'relay.db')
  const peoplePath = join(folder, 'people')
  try {
    mkdirSync(peoplePath, { recursive: true, mode: 0o700 })
    // SQLite gives its other files the mode of this one.
    closeSync(openSync(file, 'a', 0o600))
    const database = openDatabase(file)
    return { database, peoplePath, close: () => void (database.isOpen && database.close()) }
  } catch (error) {
    throw new Error(reasonFor(error, folder, file))
  }
}

function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file)
  try {
    // The lock of an exclusive connection ends with its process, also after SIGKILL.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
    database.exec('BEGIN IMMEDIATE; COMMIT')
    const { user_version: found } = database.prepare('PRAGMA user_version').get() ?? {}
    if (found !== 0 && found !== schemaVersion) throw new OtherVersionError()
    database.exec(`BEGIN; ${schema} PRAGMA user_version = ${schemaVersion}; COMMIT`)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

class OtherVersionError extends Error {}

function reasonFor(error: unknown, folder: string, file: string): string {
  const another = 'set RELAY_DATA to another folder'
  if (error instanceof OtherVersionError) return `another version of the relay wrote ${file}: ${another}`
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined
  if (code === codes.busy) return `another relay uses ${folder}: stop it, or ${another}`
  if (code === codes.notADatabase) return `${file} is not a file of the relay: ${another}`
  return `RELAY_DATA ${folder} cannot be used: ${error instanceof Error ? error.message : error}`
}
