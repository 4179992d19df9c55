import { expect, it } from 'vitest'
import { dayOfPath } from '../../../src/engines/files/path-date.ts'

const HOUR = 3_600_000
const day = Date.UTC(2023, 6, 10)
const range = { from: day - 24 * HOUR, to: day + 25 * HOUR }
const folders = 'AWSLogs/111122223333/CloudTrail/eu-west-1/2023/07/10'

it.each([
  ['folders', `logs/${folders}/a.json.gz`, range],
  ['the name', '111122223333_CloudTrail_us-gov-west-1_20230710T1145Z_AbCd.json.gz', range],
  [
    'the name before the folders',
    `${folders}/1_CloudTrail_eu-west-1_20230711T0005Z_x.json`,
    { from: day, to: day + 49 * HOUR },
  ],
  ['an organisation', `AWSLogs/o-abc/111122223333/CloudTrail/eu-west-1/2023/07/10/a.json`, range],
  ['digests', 'AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/2023/07/10/a.json', range],
  ['backslashes', folders.replaceAll('/', '\\').concat('\\a.json'), range],
  ['no such day', 'CloudTrail/eu-west-1/2023/13/10/a.json', undefined],
  ['other folders with a date', 'backup/2023/07/10/a.json', undefined],
  ['a plain name', 'events-2023-07-10.json', undefined],
])('%s', (_, path, expected) => {
  expect(dayOfPath(path)).toEqual(expected)
})
