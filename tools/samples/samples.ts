import documentation from './documentation.json' with { type: 'json' }
import webShop from './web-shop.json' with { type: 'json' }

/** An event with what it shows, in a few words. */
export interface Sample {
  title: string
  event: Record<string, unknown>
}

/** The sample calls of the documentation of RudderStack's own Kustomer destination. They have no `messageId`. */
export const documentationSamples: Sample[] = documentation

/**
 * Some thirty events of a web shop in the order in which they happen; they have no `messageId`. One person comes
 * without a name first: RudderStack does not order such a visitor's events against those of the same person later.
 */
export const webShopEvents: Record<string, unknown>[] = webShop
