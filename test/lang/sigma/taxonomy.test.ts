import { expect, test } from 'vitest'
import { mapField } from '../../../src/lang/sigma/taxonomy.ts'
import { print } from '../../../src/plan/print.ts'
import { rules } from './documents.ts'

test.each([
  ['aws', 'cloudtrail', 'eventName', ['eventName']],
  ['gcp', 'gcp.audit', 'gcp.audit.method_name', ['protoPayload.methodName']],
  [
    'gcp',
    'gcp.audit',
    'gcp.audit.authentication_info.principal_email',
    ['protoPayload.authenticationInfo.principalEmail'],
  ],
  ['gcp', 'gcp.audit', 'data.protoPayload.serviceName', ['protoPayload.serviceName']],
  ['gcp', 'gcp.audit', 'data.protoPayload.logName', ['logName', 'protoPayload.logName']],
  ['gcp', 'gcp.audit', 'protoPayload.methodName', ['protoPayload.methodName']],
  ['azure', 'signinlogs', '__proto__', ['__proto__']],
  ['azure', 'signinlogs', 'AppDisplayName', ['AppDisplayName', 'properties.appDisplayName']],
  ['azure', 'signinlogs', 'IPAddress', ['IPAddress', 'properties.ipAddress']],
  ['azure', 'auditlogs', 'Result.x', ['Result.x', 'properties.result.x']],
  ['azure', 'signinlogs', 'properties.appId', ['properties.appId']],
  ['kubernetes', 'audit', 'apiGroup', ['apiGroup', 'objectRef.apiGroup']],
  ['kubernetes', 'audit', 'hostPath', ['hostPath', 'requestObject.spec.volumes.hostPath']],
])('%s %s %s', (product, service, name, expected) => {
  expect(mapField({ product, service }, name)).toEqual(expected)
})

function azure(item: string): string {
  const [rule] = rules(`title: x
logsource: {product: azure, service: auditlogs}
detection: {sel: {${item}}, condition: sel}`)
  return rule?.kind === 'detection' ? print(rule.where).replace('and "sel"\n', '') : 'refused'
}

test('an item on a mapped field is the same test on each native name', () => {
  expect(azure('LoggedByService: PIM')).toMatchInlineSnapshot(`
    "  or
        LoggedByService = "PIM"
        properties.loggedByService = "PIM""
  `)
  expect(azure('LoggedByService|neq: PIM')).toMatchInlineSnapshot(`
    "  not
        or
          LoggedByService = "PIM"
          properties.loggedByService = "PIM""
  `)
})

test('that it is absent holds if none of the names is there', () => {
  expect(azure('LoggedByService: null')).toMatchInlineSnapshot(`
    "  and
        LoggedByService is missing or null
        properties.loggedByService is missing or null"
  `)
  expect(azure('LoggedByService|exists: false')).toMatchInlineSnapshot(`
    "  and
        not
          LoggedByService exists
        not
          properties.loggedByService exists"
  `)
})
