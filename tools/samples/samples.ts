import documentation from './documentation.json' with { type: 'json' }
import webShop from './web-shop.json' with { type: 'json' }

/** An event and a short title. */
export interface Sample {
  title: string
  event: Record<string, unknown>
}

/** The sample events of the documentation of RudderStack's Kustomer destination. They have no `messageId`. */
export const documentationSamples: Sample[] = documentation

/**
 * About thirty events of a web shop, in the order in which they happen. They have no `messageId`. One person is
 * anonymous at first: RudderStack does not keep the order between such events and later events of the same person.
 */
export const webShopEvents: Record<string, unknown>[] = webShop
