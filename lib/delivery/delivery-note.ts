/**
 * Something about a delivery that was not a plain write, for the log and the metric `IdentityConflicts`. `attribute` is
 * one of Kustomer's attributes; no note holds a value.
 */
export interface DeliveryNote {
  kind:
    | 'anonymousClaimed' // a visitor's customer became the user's
    | 'takenOverByEmail' // another user's customer with the same e-mail became this user's
    | 'leftAlone' // a customer was found that belongs to another user
    | 'filledOnly' // only what was empty was written: a guest, or an identify that is older than the last
    | 'contested' // another customer has the value, it was left out
    | 'noRoom' // Kustomer's list is full, an address was left out
    | 'notClaimed' // the anonymous id could not be put beside the external id
  attribute?: string
}
