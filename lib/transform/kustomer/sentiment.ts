import { leaveOut } from '../note.ts'
import { type Fields, own } from '../view.ts'
import type { Fit } from './fits.ts'
import type { Json } from './types.ts'

/** Polarity −1, 0 or 1 and confidence from −1 to 1. Without both it is left out; other keys are left out. */
export const sentiment: Fit<Fields, Record<string, Json>> = (fields, path, notes) => {
  const polarity = own(fields, 'polarity')
  const confidence = own(fields, 'confidence')
  const isPolarity = polarity === -1 || polarity === 0 || polarity === 1
  const isConfidence = typeof confidence === 'number' && confidence >= -1 && confidence <= 1
  if (!isPolarity || !isConfidence)
    return leaveOut(notes, path, 'polarity must be -1, 0 or 1, and confidence from -1 to 1')
  for (const key of Object.keys(fields))
    if (key !== 'polarity' && key !== 'confidence')
      leaveOut(notes, `${path}.${key}`, 'Kustomer takes polarity and confidence only')
  return { polarity, confidence }
}
