import { describe, expect, test } from 'vitest'
import { dateTime, gender, number } from '../../lib/transform/kustomer/fits.ts'
import { row } from '../../lib/transform/kustomer/rows.ts'
import { anything, text } from '../../lib/transform/kustomer/shapes.ts'

/**
 * Errors that the compiler must find in a row. `npm run check` compiles this file: if an expected error is missing, the
 * directive itself is the error.
 */
describe('the compiler refuses a row', () => {
  const docs = 'text'

  test('but not a row with a matching target, shape and fit', () => {
    expect(row('gender', ['gender'], { as: anything, fit: gender, docs }).to).toBe('gender')
  })

  test('with a misspelt target', () => {
    // @ts-expect-error no attribute of a customer has this name
    expect(row('birthDayAt', ['dob'], { as: anything, fit: dateTime, docs }).to).toBe('birthDayAt')
  })

  test('with a fit that returns another type than that of the attribute', () => {
    // @ts-expect-error `name` is a text, not a number
    expect(row('name', ['name'], { as: anything, fit: number, docs }).fit).toBe(number)
    // @ts-expect-error `tags` is a list, not a text
    expect(row('tags', ['tags'], { as: anything, fit: dateTime, docs }).fit).toBe(dateTime)
  })

  test('with a fit that does not accept the type of the shape', () => {
    const fit = (values: string[]) => values[0]
    // @ts-expect-error a text is not a list of texts
    expect(row('name', ['name'], { as: text, fit, docs }).as).toBe(text)
  })

  test('for an attribute that does not come from a row', () => {
    // @ts-expect-error the external id comes from the event's identity
    expect(row('externalId', ['id'], { as: text, fit: (id: string) => id, docs }).to).toBe('externalId')
  })
})
