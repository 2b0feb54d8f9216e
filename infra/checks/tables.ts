import { personRecords } from '../../lib/policy.ts'
import { type Check, dig, list, pointed, resourcesOf, type Template } from './template.ts'

const mayDo = ['BatchGetItem', 'GetItem', 'PutItem', 'UpdateItem'].map(name => `dynamodb:${name}`)

/** Checks that every table deletes expired items, by the attribute that holds the records' expiry. */
export const recordsExpire: Check = template =>
  tables(template)
    .filter(({ properties }) => {
      const expiry = dig(properties, 'TimeToLiveSpecification')
      return dig(expiry, 'Enabled') !== true || dig(expiry, 'AttributeName') !== personRecords.table.expiry
    })
    .map(({ id }) => `${id}: its records do not expire`)

/** Checks that every table is encrypted and billed on demand, and that a retained one is restorable. */
export const tablesAreGuarded: Check = template =>
  tables(template).flatMap(({ id, properties }) => {
    const isKept = /^Retain/.test(template.Resources[id]?.DeletionPolicy ?? '')
    const isRestorable =
      dig(properties, 'PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled') === true
    return [
      dig(properties, 'SSESpecification', 'SSEEnabled') === true
        ? ''
        : `${id}: is not encrypted with a key of the account`,
      dig(properties, 'BillingMode') === 'PAY_PER_REQUEST' ? '' : `${id}: is not billed on demand`,
      isKept && !isRestorable ? `${id}: cannot be restored` : '',
    ].filter(Boolean)
  })

/** Checks that only the function that is given the table may use it, by single keys: no scan, query or deletion. */
export const tableRightsAreLeast: Check = template => {
  const users = resourcesOf(template, 'AWS::Lambda::Function')
    .filter(({ properties }) => dig(properties, 'Environment', 'Variables', 'PEOPLE_TABLE') !== undefined)
    .map(({ properties }) => pointed(template, dig(properties, 'Role'))?.id)
  return resourcesOf(template, 'AWS::IAM::Policy').flatMap(({ id, properties }) =>
    list(dig(properties, 'PolicyDocument', 'Statement')).flatMap(statement => {
      const actions = list(dig(statement, 'Action')).map(String)
      const isUsers = list(dig(properties, 'Roles')).every(role =>
        users.includes(pointed(template, role)?.id),
      )
      const ofTables = actions.filter(action => action.startsWith('dynamodb:'))
      return [
        ...ofTables.filter(action => !mayDo.includes(action)).map(action => `${id}: allows ${action}`),
        ...(ofTables.length > 0 && !isUsers ? [`${id}: a function that has no table may use it`] : []),
        ...(ofTables.length > 0 && !isTablesOnly(template, statement)
          ? [`${id}: allows more than a table of this stack`]
          : []),
      ]
    }),
  )
}

function isTablesOnly(template: Template, statement: unknown) {
  const on = list(dig(statement, 'Resource')).map(resource => pointed(template, resource)?.type)
  return on.length > 0 && on.every(type => type === 'AWS::DynamoDB::Table')
}

function tables(template: Template) {
  return resourcesOf(template, 'AWS::DynamoDB::Table')
}
