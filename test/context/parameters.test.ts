import { expect, test } from 'vitest'
import { loadContext } from '../../src/context/load.ts'
import { printDiagnosticLine } from '../../src/core/print-diagnostic.ts'

function parameters(text: string, given: readonly string[] = []) {
  const { context, problems } = loadContext([{ file: 'parameters.yaml', text }], {
    asOf: 0,
    parameters: given,
  })
  return {
    values: Object.fromEntries(
      [...context.parameters].map(([name, { values, from }]) => [name, `${values.join(' ')} (${from})`]),
    ),
    window: context.parameters.get('TimeWindow')?.ms,
    problems: problems.flatMap(({ file, problems: of }) => of.map(one => printDiagnosticLine(one, file))),
  }
}

test('the published parameters have defaults', () => {
  expect(parameters('').values).toEqual({
    GeoDestinationThreshold: ' (default)',
    IAMRoleContext: '* (default)',
    ApprovedImages: 'approved_images image_vendors (default)',
    UserContext: 'human partner break-glass federated external-idp (default)',
    TimeWindow: '30m (default)',
    StrongWindow: '5m (default)',
    WeakWindow: '24h (default)',
    EgressWindow: '60m (default)',
    SensitiveFrom: 'confidential (default)',
    BulkObjects: '100 (default)',
    BulkBytes: '1073741824 (default)',
  })
})

test('a file sets them, and the command line has the last word', () => {
  const { values, window, problems } = parameters('TimeWindow: 5m\nGeoDestinationThreshold: [CH, DE]\n', [
    'TimeWindow=15m',
  ])
  expect(values['TimeWindow']).toBe('15m (--param)')
  expect(values['GeoDestinationThreshold']).toBe('CH DE (parameters.yaml:2)')
  expect(window).toBe(15 * 60_000)
  expect(problems).toEqual([])
})

test('a name or value that is wrong is refused, and the value before it stays', () => {
  const { values, problems } = parameters(
    'TimeWindw: 5m\nTimeWindow: 5\nUserContext: [humans]\nApprovedImages: x\n',
    ['TimeWindow=48h', 'GeoDestinationThreshold=Switzerland', '__proto__=1'],
  )
  expect(values['TimeWindow']).toBe('30m (default)')
  expect(problems).toEqual([
    'error[context/unknown-parameter] parameters.yaml:1:1: there is no parameter "TimeWindw"',
    'error[context/parameter] parameters.yaml:2:1: TimeWindow: "5" is no duration such as 30m or 24h',
    'error[context/parameter] parameters.yaml:3:1: UserContext: "humans" is none of human, automation, service, provider, pipeline, partner, break-glass, unknown, privileged, federated, external-idp, terminated',
    'error[context/parameter] parameters.yaml:4:1: ApprovedImages: "x" is none of approved_images, images, image_vendors',
    'error[context/parameter] --param: TimeWindow: "48h" is not from 1m to 1440m',
    'error[context/parameter] --param: GeoDestinationThreshold: "Switzerland" is no country code of two capital letters',
    'error[context/unknown-parameter] --param: there is no parameter "__proto__"',
  ])
})
