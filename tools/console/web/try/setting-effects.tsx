import type { Settings } from '../../../../lib/index.ts'

/** What each switch does, in short. The README has the whole table. */
const effects: Record<Exclude<keyof Settings, 'baseEndpoint'>, string> = {
  advancedTransform: 'fits names, keys and values to what Kustomer accepts; off: they are sent unchanged',
  setIdentityEmail: 'tracks, pages and screens carry the e-mail as identity',
  disableEmailAsTrackingProperty: 'leaves the e-mail out of the properties of an event',
  genericPage: 'every page is named Web-Page-Viewed',
  genericScreen: 'every screen is named Screen-Viewed',
  mergeByEmail: 'an identify may take over another user’s customer with the same e-mail',
  acceptKustomerId: 'uses the kustomerId in context.externalId',
  acceptVerified: 'uses verified of e-mails, phones and socials',
  stampEvents: 'adds messageId and originalTimestampAt to the properties of an event',
}

/** A text that opens: what the settings do. */
export function SettingEffects() {
  return (
    <details>
      <summary>
        <small>What the settings do</small>
      </summary>
      <ul>
        {Object.entries(effects).map(([name, effect]) => (
          <li key={name}>
            <code>{name}</code> {effect}
          </li>
        ))}
      </ul>
    </details>
  )
}
