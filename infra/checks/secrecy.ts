import { type Check, dig, resourcesOf } from './template.ts'

const shapes = [
  { what: 'a JWT', pattern: /eyJ[\w-]{8,}\.[\w-]{8,}/ },
  { what: 'a bearer token', pattern: /Bearer (?!<)[\w.~+/-]{8,}/i },
  // It would be resolved into the function's settings, where everybody with access to them can read it.
  { what: 'a resolved secret', pattern: /\{\{resolve:(secretsmanager|ssm-secure)/ },
]

/**
 * Checks that the template holds no secret value: not in a secret, not in a setting, and no text that looks like a key.
 */
export const noSecretValues: Check = template => [
  ...resourcesOf(template, 'AWS::SecretsManager::Secret')
    .filter(({ properties }) => dig(properties, 'SecretString') !== undefined)
    .map(({ id }) => `${id}: its value is in the template`),
  ...resourcesOf(template, 'AWS::Lambda::Function').flatMap(({ id, properties }) =>
    Object.keys(Object(dig(properties, 'Environment', 'Variables')))
      .filter(name => /SECRET|KEY|TOKEN|PASSWORD/.test(name) && !name.endsWith('_SECRET_ID'))
      .map(name => `${id}: ${name} looks like a variable for a secret's value`),
  ),
  ...Object.entries({ ...template.Resources, ...template.Outputs }).flatMap(([id, value]) =>
    shapes
      .filter(({ pattern }) => pattern.test(JSON.stringify(value)))
      .map(({ what }) => `${id}: holds ${what}`),
  ),
]
