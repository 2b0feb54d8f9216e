import fc from 'fast-check'
import { leaf, nastyText, properties, value } from './arbitrary-json.ts'

/** An object with these keys; each may be missing or have another value. */
function record(model: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> {
  const all = Object.entries(model).map(
    ([name, arbitrary]) =>
      [name, fc.oneof({ weight: 9, arbitrary }, { weight: 1, arbitrary: value })] as const,
  )
  return fc.record(Object.fromEntries(all), { requiredKeys: [] })
}

const each = (names: string, arbitrary: fc.Arbitrary<unknown>) =>
  Object.fromEntries(names.split(' ').map(name => [name, arbitrary]))
const texts = (names: string) => record(each(names, nastyText))
const several = (item: fc.Arbitrary<unknown>) => fc.oneof(item, fc.array(item, { maxLength: 13 }))
const oddly = (...odd: unknown[]) => fc.oneof(fc.constantFrom(...odd), leaf)

const email = fc.oneof(fc.emailAddress(), oddly('A@b.co ', 'a@b.co', 'a@b', '@b.co', 'a b@c.co', 'ü@b.co'))
const date = fc.oneof(
  fc.date({ noInvalidDate: true }).map(each => each.toISOString()),
  oddly('2020-02-02', '2020-02-02 10:00+0100', '0000-01-01 00:00+01:00'),
)
const url = fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.domain(), leaf)
const type = fc.constantFrom('home', ' Work', 'mobile', 'OTHER', 'twitter', 'Facebook ', 'tiktok', '', null)
const address = (name: string, text: fc.Arbitrary<unknown>) =>
  several(fc.oneof(text, record({ [name]: text, type, verified: leaf })))
const social = record({ type, username: nastyText, userid: leaf, url, verified: leaf })

const traits = record({
  ...each('name firstName lastname userName username locale phone timeZone defaultLanguage rev', leaf),
  ...each('createdAt createdat signedUpAt lastSeenAt lastActivityAt importedAt dob birthday', date),
  ...each('avatar website', url),
  gender: oddly('m', ' Female', 'MALE', 'x'),
  company: fc.oneof(leaf, texts('name')),
  tags: several(leaf),
  email,
  emails: address('email', email),
  phones: address('phone', nastyText),
  whatsapps: address('phone', nastyText),
  socials: several(social),
  facebookIds: several(texts('pageId userId name')),
  instagramIds: several(texts('pageId threadId username instagramId')),
  address: fc.oneof(nastyText, texts('street city state postalCode zip country')),
  customObject: properties,
  sentiment: record({
    polarity: fc.constantFrom(-1, 0, 1, -0, 2),
    confidence: fc.double({ min: -1, max: 1 }),
  }),
})

const context = record({
  traits,
  locale: leaf,
  sessionId: leaf,
  externalId: fc.array(record({ type: fc.constant('kustomerId'), id: nastyText }), { maxLength: 2 }),
})

const id = fc.oneof(fc.uuid(), nastyText)

/** An event as RudderStack may send it, after any user transformation. */
export const plausibleEvent = fc
  .tuple(
    fc.constantFrom('identify', 'Identify', 'IDENTIFY', 'track', 'page', 'screen'),
    fc.record({ userId: id, anonymousId: id, event: nastyText, name: nastyText }, { requiredKeys: [] }),
    record({ messageId: leaf, originalTimestamp: date, traits, context, properties }),
  )
  .map(([type, who, what]) => JSON.parse(JSON.stringify({ type, userId: 'u1', event: 'E', ...who, ...what })))

/** All settings that change a call. */
export const settings = fc.record({
  advancedTransform: fc.boolean(),
  setIdentityEmail: fc.boolean(),
  disableEmailAsTrackingProperty: fc.boolean(),
  genericPage: fc.boolean(),
  genericScreen: fc.boolean(),
  acceptKustomerId: fc.boolean(),
  acceptVerified: fc.boolean(),
  stampEvents: fc.boolean(),
})
