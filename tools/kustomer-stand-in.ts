export { validateCustomer, validateIdentityEvent } from './kustomer-stand-in/validate.ts'
