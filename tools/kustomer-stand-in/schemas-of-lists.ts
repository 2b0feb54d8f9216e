import type { JsonSchema } from 'tv4'
import { closed, text } from './schemas-of-values.ts'

const list = (properties: Record<string, JsonSchema>, required: string[] = []) => ({
  type: 'array',
  maxItems: 10,
  items: closed(properties, required),
})
const oneOf = (...values: string[]) => ({ type: 'string', enum: values })
const verified = { type: 'boolean' }

const emails = list(
  { email: { type: 'string', format: 'email' }, type: oneOf('home', 'work', 'other'), verified },
  ['email'],
)
const phones = list({ phone: text(), type: oneOf('mobile', 'home', 'work', 'fax', 'other'), verified }, [
  'phone',
])
const externalIds = list({ externalId: text(255, 1), verified }, ['externalId'])
const socials = list(
  {
    type: oneOf('twitter', 'facebook', 'instagram', 'linkedin', 'pinterest'),
    username: text(256, 1),
    userid: text(256),
    url: { type: 'string', format: 'uri' },
    verified,
  },
  ['type', 'username'],
)

/**
 * The lists of a customer. Each has at most 10 items; an item may have no other properties.
 * Source: the customer schema of Kustomer's API (developer.kustomer.com and its OpenAPI of May 2025).
 */
export const addressLists = {
  emails,
  sharedEmails: emails,
  phones,
  sharedPhones: phones,
  externalIds,
  sharedExternalIds: externalIds,
  socials,
  sharedSocials: socials,
  whatsapps: list({ phone: text(), type: oneOf('mobile'), verified }, ['phone']),
  facebookIds: list({ pageId: text(), userId: text(), name: text() }, ['pageId', 'userId']),
  instagramIds: list({ pageId: text(), threadId: text(), username: text(), instagramId: text() }, [
    'pageId',
    'threadId',
    'username',
  ]),
  urls: list({ url: text(), type: oneOf('website', 'blog', 'other') }, ['url']),
  locations: list({
    type: oneOf('home', 'work', 'other'),
    name: text(),
    address: text(256),
    address2: text(),
    address3: text(),
    latitude: { type: 'number' },
    longitude: { type: 'number' },
    countryCode: text(2, 2),
    countryName: text(64),
    regionCode: text(2),
    regionName: text(128),
    cityName: text(128),
    zipCode: text(30),
    areaCode: text(30),
  }),
}
