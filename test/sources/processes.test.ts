import { describe, expect, test } from 'vitest'
import type { FoundEvent } from '../../src/engines/files/member-events.ts'
import { type Encoding, linuxEncodings, type Started, windowsEncodings } from './process-logs.ts'
import { readContent } from './reading.ts'

function started(image: string, ...args: readonly string[]): Started {
  return { image, args, commandLine: args.join(' ') }
}

/** What the four published procedures start. */
const onWindows: Readonly<Record<string, Started>> = {
  'AzCopy to another account': started(
    'C:\\Tools\\azcopy.exe',
    'azcopy.exe',
    'copy',
    '"C:\\Data & <more>\\*"',
    '"https://testaccount.blob.core.windows.net/c?sv=2022-11-02&sig=abc%3D"',
    '--recursive',
  ),
  'a SAS token by PowerShell': started(
    'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    'powershell.exe',
    '-Command',
    '"New-AzStorageContainerSASToken -Name c -Permission rwdl -ExpiryTime (Get-Date).AddDays(7)"',
  ),
  'a snapshot': started(
    'C:\\Program Files\\Azure\\CLI2\\wbin\\az.cmd',
    'az snapshot create -g lab -n s --source /subscriptions/00000000-0000-0000-0000-000000000000/disks/d',
  ),
  'access to the snapshot': started(
    'C:\\Program Files\\Azure\\CLI2\\wbin\\az.cmd',
    'az snapshot grant-access -g lab -n s --duration-in-seconds 3600',
  ),
}
const onLinux: Readonly<Record<string, Started>> = {
  'an upload to MEGA': started(
    '/usr/bin/megaput',
    'megaput',
    '--username',
    'maria@example.com',
    '--path',
    '/Root/x=1',
    '/home/maria/my "data" ü.zip',
  ),
}

async function read(encoding: Encoding, of: Started): Promise<readonly FoundEvent[]> {
  const { found, tally } = await readContent(encoding.write(of))
  expect([tally.end, tally.failed, tally.problems]).toEqual(['read', 0, []])
  return found
}

function cases(
  encodings: Readonly<Record<string, Encoding>>,
  programs: Readonly<Record<string, Started>>,
): readonly (readonly [string, string, Encoding, Started])[] {
  return Object.entries(encodings).flatMap(([name, encoding]) =>
    Object.entries(programs).map(([what, program]) => [name, what, encoding, program] as const),
  )
}

describe.each([
  ['Windows', cases(windowsEncodings, onWindows)],
  ['Linux', cases(linuxEncodings, onLinux)],
])('a program started on %s', (_system, all) => {
  test.each(all)('%s: %s', async (_name, _what, encoding, program) => {
    const [event, ...others] = await read(encoding, program)
    expect(others).toEqual([])
    expect(event?.source.id).toBe(encoding.source)
    expect(event?.record).toMatchObject({
      Image: program.image,
      CommandLine: program.commandLine,
      User: encoding.source === 'auditd' ? 'root' : 'EXAMPLE\\maria',
    })
    const normal = event?.source.normalise(event.record)
    expect(normal).toMatchObject({ outcome: 'succeeded', actor: { name: event?.record['User'] } })
    expect(new Date(normal?.time ?? 0).toISOString()).toMatch(/^2024-05-01T1[02]:00:00/)
  })
})

test.each(Object.entries(windowsEncodings).filter(([name]) => !name.startsWith('Device')))(
  'Windows, %s: names that all forms share',
  async (name, encoding) => {
    const [event] = await read(encoding, started('C:\\x.exe', 'x'))
    const sysmon = name.startsWith('Sysmon')
    expect(event?.record).toMatchObject({
      EventID: sysmon ? 1 : 4688,
      EventCode: sysmon ? 1 : 4688,
      Channel: sysmon ? 'Microsoft-Windows-Sysmon/Operational' : 'Security',
      Provider_Name: sysmon ? 'Microsoft-Windows-Sysmon' : 'Microsoft-Windows-Security-Auditing',
      Computer: 'ws1.example.com',
      host: 'ws1.example.com',
      ParentImage: 'C:\\Windows\\explorer.exe',
    })
  },
)
