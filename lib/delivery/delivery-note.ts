/**
 * Says why a delivery was not a plain write, for the log and the metric `IdentityConflicts`. `attribute` is the name of
 * a Kustomer attribute. A note never holds a value.
 */
export interface DeliveryNote {
  kind:
    | 'anonymousClaimed' // a visitor's customer became the user's
    | 'takenOverByEmail' // another user's customer with the same e-mail became this user's
    | 'leftAlone' // the customer that was found belongs to another user and was not changed
    | 'filledOnly' // only empty attributes were filled: another's customer, or an identify older than the newest
    | 'contested' // another customer has the value, so it was left out
    | 'noRoom' // Kustomer's list is full, so an address was left out
    | 'notClaimed' // the anonymous id could not be stored in `externalIds`
  attribute?: string
}
