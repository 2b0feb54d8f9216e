import { type Codec, integer, text } from './attribute-codec.ts'
import type { Person } from './person.ts'

const messageId = text(/^[\w-]{1,128}$/)
const outcomeName = /^[A-Za-z]{1,32}$/

const counts: Codec<Record<string, number>> = {
  write(value = {}) {
    const names = Object.keys(value).filter(name => outcomeName.test(name))
    const entries = names.toSorted().map(name => [name, integer.write(value[name])] as const)
    return { M: Object.fromEntries(entries.flatMap(([name, count]) => (count ? [[name, count]] : []))) }
  },
  read(value) {
    const entries = Object.entries(value?.M ?? {}).map(([name, count]) => [name, integer.read(count)])
    return Object.fromEntries(entries.filter(([, count]) => count !== undefined))
  },
}

/** The waiting message, as a map. Without an id or a first attempt it is absent; invalid counts are left out. */
export const waitingCodec: Codec<NonNullable<Person['waiting']>> = {
  write(value) {
    const id = messageId.write(value?.messageId)
    const firstAttemptMs = integer.write(value?.firstAttemptMs)
    const counted = counts.write(value?.counts)
    return id && firstAttemptMs && counted && { M: { messageId: id, firstAttemptMs, counts: counted } }
  },
  read(value) {
    const id = messageId.read(value?.M?.messageId)
    const firstAttemptMs = integer.read(value?.M?.firstAttemptMs)
    if (id === undefined || firstAttemptMs === undefined) return undefined
    return { messageId: id, firstAttemptMs, counts: counts.read(value?.M?.counts) ?? {} }
  },
}
