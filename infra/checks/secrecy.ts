import { type Check, dig, resourcesOf } from './template.ts'

const shapes = [
  { what: 'a JWT', pattern: /eyJ[\w-]{8,}\.[\w-]{8,}/ },
  { what: 'a bearer token', pattern: /Bearer (?!<)[\w.~+/-]{8,}/i },
  // It would be resolved into the function's settings, for everybody who may look at them.
  { what: 'a resolved secret', pattern: /\{\{resolve:(secretsmanager|ssm-secure)/ },
]

/** No value of a secret is in the template: not given to a secret, not in a setting, nowhere in the shape of a key. */
export const noSecretValues: Check = template => [
  ...resourcesOf(template, 'AWS::SecretsManager::Secret')
    .filter(({ properties }) => dig(properties, 'SecretString') !== undefined)
    .map(({ id }) => `${id}: its value is in the template`),
  ...resourcesOf(template, 'AWS::Lambda::Function').flatMap(({ id, properties }) =>
    Object.keys(Object(dig(properties, 'Environment', 'Variables')))
      .filter(name => /SECRET|KEY|TOKEN|PASSWORD/.test(name) && !name.endsWith('_SECRET_ID'))
      .map(name => `${id}: ${name} is a place for a secret's value`),
  ),
  ...Object.entries({ ...template.Resources, ...template.Outputs }).flatMap(([id, value]) =>
    shapes
      .filter(({ pattern }) => pattern.test(JSON.stringify(value)))
      .map(({ what }) => `${id}: holds ${what}`),
  ),
]
