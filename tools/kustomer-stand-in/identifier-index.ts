import { type Identifier, identifierKey } from './identifiers.ts'

/** The lists of a customer that can be looked up by one value. */
export type LookupList = 'externalIds' | 'emails' | 'phones'

/** The key of the value in an item of each list. */
const valueKeys: Record<LookupList, string> = { externalIds: 'externalId', emails: 'email', phones: 'phone' }

/**
 * Creates the empty index of an organisation's unique values: each value belongs to the id of one customer.
 * `assign` does not check the owner before; call `contested` first.
 */
export function createIdentifierIndex() {
  const owners = new Map<string, string>()
  return {
    /** Returns the id of the customer with this value. */
    find(list: LookupList, value: string): string | undefined {
      return owners.get(identifierKey(list, { [valueKeys[list]]: value }))
    },
    /** Returns the first identifier that belongs to a customer other than `id`. */
    contested: (identifiers: Identifier[], id: string | undefined): Identifier | undefined =>
      identifiers.find(({ key }) => (owners.get(key) ?? id) !== id),
    assign(identifiers: Identifier[], id: string): void {
      for (const { key } of identifiers) owners.set(key, id)
    },
    release(identifiers: Identifier[]): void {
      for (const { key } of identifiers) owners.delete(key)
    },
    clear: () => owners.clear(),
  }
}
