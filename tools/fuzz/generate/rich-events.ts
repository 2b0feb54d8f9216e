/** Events that use every part of an event that the relay reads. */
export const richEvents: Record<string, unknown>[] = [
  {
    ...{
      type: 'identify',
      messageId: 'm-1',
      userId: 'u1',
      anonymousId: 'a1',
      timestamp: '2026-05-04T10:20:30.000Z',
    },
    traits: {
      ...{
        name: 'Ada',
        firstName: 'Ada',
        lastName: 'L',
        username: 'ada',
        email: 'ada@a.example',
        phone: '+15550100',
      },
      ...{
        emails: [{ email: 'ada@b.example', type: 'work', verified: true }],
        phones: ['1', { phone: '2' }],
        rev: 3,
      },
      ...{
        gender: 'female',
        birthday: '1985-02-03',
        createdAt: '2020-01-01',
        avatar: 'https://a.example/a.png',
      },
      ...{
        website: 'a.example',
        tags: ['vip', 'a b'],
        company: { name: 'A' },
        timeZone: 'UTC',
        defaultLanguage: 'en',
      },
      ...{
        address: { street: 'S 1', city: 'C', zip: '1', country: 'A' },
        sentiment: { polarity: 1, confidence: 0.5 },
      },
      ...{ socials: [{ type: 'twitter', username: 'ada', url: 'a.example' }], whatsapps: [{ phone: '3' }] },
      ...{
        facebookIds: [{ pageId: '1', userId: '2' }],
        instagramIds: [{ pageId: '1', threadId: '2', username: 'a' }],
      },
      customObject: {
        planStr: 'pro',
        age: 36,
        seenAt: '2026-05-04',
        isPaid: true,
        list: [1, 'a'],
        nothing: null,
      },
    },
    context: {
      locale: 'en',
      traits: { id: 'u1' },
      externalId: [{ type: 'kustomerId', id: '58210c3db0f09110006b7953' }],
    },
    integrations: { All: true, Kustomer: { a: 1 } },
  },
  { type: 'identify', messageId: 'm-2', anonymousId: 'a1', traits: { email: 'ada@a.example' } },
  {
    ...{
      type: 'track',
      messageId: 'm-3',
      userId: 'u1',
      event: 'Order Completed',
      originalTimestamp: '2026-05-04',
    },
    properties: {
      ...{
        total: 9.5,
        'order id': 'o-1',
        createdAt: '2026-05-04',
        isGift: true,
        items: [{ sku: 1 }],
        nested: { a: 1 },
      },
      ...{ kustomerSessionId: 's1', kustomer_tracking_id: 't1', email: 'ada@a.example', nothing: null },
    },
    context: { sessionId: 17, traits: { email: 'ada@a.example' } },
  },
  {
    type: 'page',
    messageId: 'm-4',
    userId: 'u1',
    name: 'Home',
    properties: { name: 'Home', url: 'https://a.example' },
  },
  { type: 'screen', messageId: 'm-5', anonymousId: 'a1', properties: { event: 'Start' } },
  { type: 'group', messageId: 'm-6', userId: 'u1', groupId: 'g1', traits: { name: 'A' } },
]
