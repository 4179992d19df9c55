import { expect, test } from 'vitest'
import type { Environment } from '../../../src/plan/lowering.ts'
import { environmentOf } from './environment.ts'
import { search } from './queries.ts'

const environment: Environment = {
  ...environmentOf([
    { name: '_raw', type: 'text' },
    { name: 'ip', type: 'text' },
  ]),
  geo: address =>
    address === '192.0.2.1' ? { city: 'Bern', country: 'Switzerland', latitude: 46.9 } : undefined,
}

test.each(['geoip ip', 'lookup latitude, country_name, city from geo://location on ip=ip'])(
  '%s asks for the addresses and joins what is known of them',
  stage => {
    const lowering = search(`* | ${stage} | fields city, country_name, latitude`).lower(environment)
    const asked = lowering.next({ rows: [], more: false })
    expect(asked.done === false && asked.value.why).toBe('the addresses to look up')
    const answer = {
      rows: [{ address: '192.0.2.1' }, { address: '192.0.2.2' }, { address: null }],
      more: false,
    }
    const { done, value } = lowering.next(answer)
    expect(done).toBe(true)
    const plan = JSON.stringify(value)
    expect(plan).toContain('"Bern"')
    expect(plan).toContain('46.9')
    expect(plan).not.toContain('192.0.2.2')
  },
)

test('what nobody knows of an address is refused', () => {
  const lowering = search('* | lookup weather from geo://location on ip=ip').lower(environment)
  expect(() => lowering.next({ rows: [], more: false })).toThrow('weather')
})
