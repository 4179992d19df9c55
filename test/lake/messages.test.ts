import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { addTo, anEvent } from './lake.ts'
import { queried } from './queried.ts'

const FLOW =
  '2 111122223333 eni-0a1b2c3d 192.0.2.7 198.51.100.9 443 49152 6 10 840 1714557600 1714557660 ACCEPT OK'
const EXECVE = [
  'type=SYSCALL msg=audit(1714557600.100:77): arch=c000003e syscall=59 success=yes exit=0 uid=0 comm="curl" exe="/usr/bin/curl"',
  'type=EXECVE msg=audit(1714557600.100:77): argc=2 a0="curl" a1="https://paste.example/é"',
].join('\n')
const SYSMON =
  '<Event><System><Provider Name="Linux-Sysmon"/><EventID>1</EventID><EventRecordID>5</EventRecordID><TimeCreated SystemTime="2024-05-01T10:00:00Z"/><Channel>Linux-Sysmon/Operational</Channel><Computer>web1</Computer></System><EventData><Data Name="Image">/usr/bin/curl</Data></EventData></Event>'
/** Characters that are written in another way than as themselves, numbers that are, and a key that comes twice. */
const SPELLED = JSON.stringify({
  Records: [anEvent(1, { requestParameters: { q: 'a&b <é> "/' } }), anEvent(2)],
})
  .replaceAll('&', '\\u0026')
  .replaceAll('é', '\\u00e9')
  .replaceAll('"/', '"\\/')
  .replace(
    '"eventVersion"',
    '"additionalEventData":{"a":1e400,"b":-1e400,"c":243.0,"d":1,"d":2},"eventVersion"',
  )
const EXPORT = JSON.stringify({
  preview: false,
  result: {
    _raw: JSON.stringify(anEvent(3)),
    host: 'collector-1',
    index: 'aws',
    source: 's3://b/k',
    line: 7,
  },
})

const SEARCHES = [
  ['spl', '* | sort _raw | table _time _raw source sourcetype host index line additionalEventData.*'],
  [
    'spl',
    '"a&b" OR "paste.example" OR "eni-0a1b2c3d 192.0.2.7" OR "Name=\\"Image\\"" | stats count sum(eval(len(_raw))) by source',
  ],
  [
    'sumo',
    '* | parse "eni-* * *" as eni, from, rest nodrop | parse regex "a1=\\"(?<url>[^\\"]+)\\"" nodrop | count by eni, from, url',
  ],
] as const

test('a message is the same in a lake and in the files that it was made of', async () => {
  const folder = temporaryFolder()
  const texts = {
    'flow.log': FLOW,
    'audit.log': EXECVE,
    'sysmon.xml': SYSMON,
    'trail.json': SPELLED,
    'export.json': EXPORT,
  }
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text)
  const lake = temporaryFolder()
  await addTo(lake, [folder])
  for (const [language, text] of SEARCHES) {
    const [inFiles, inLake] = [await queried(folder, language, text), await queried(lake, language, text)]
    expect([text, inLake.rows.length > 0]).toEqual([text, true])
    expect([text, inLake.columns, inLake.rows]).toEqual([text, inFiles.columns, inFiles.rows])
  }
})

test('a line of a flow log is the line, in files as in a lake', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'flow.log'), `${FLOW}\n`)
  const lake = temporaryFolder()
  await addTo(lake, [folder])
  for (const from of [folder, lake]) {
    const { rows } = await queried(
      from,
      'sumo',
      '* | parse "* * * * * *" as a, b, c, d, e, f | fields _raw, d',
    )
    expect(rows).toEqual([[FLOW, '192.0.2.7']])
  }
})

test('an event that is delivered in two spellings counts once', async () => {
  const folder = temporaryFolder()
  const event = { Records: [anEvent(1, { userAgent: 'é' })] }
  writeFileSync(join(folder, 'a.json'), JSON.stringify(event))
  writeFileSync(join(folder, 'b.json'), JSON.stringify(event, null, 1).replace('é', '\\u00e9'))
  writeFileSync(join(folder, 'c.json'), JSON.stringify({ Records: [anEvent(1, { userAgent: 'other' })] }))
  const lake = temporaryFolder()
  await addTo(lake, [folder])
  for (const input of [folder, lake]) {
    const { rows } = await queried(input, 'spl', '* | stats count by userAgent')
    expect(rows).toEqual([
      ['other', 1],
      ['é', 1],
    ])
  }
})
