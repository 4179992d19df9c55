import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { zip } from '../engines/files/packing.ts'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { lines, nephoscope, nephoscopeToHead } from './caller.ts'
import { event, eventId, rule, stopLogging, trail } from './logs.ts'

const folder = temporaryFolder()
const file = (name: string, content: string | Buffer): string => written(folder, name, content)
const stops = file('stops.yml', rule('Trail stopped', 'StopLogging'))
const lists = file('lists.yml', rule('Buckets listed', 'ListBuckets', 'low'))
const broken = file('broken.yml', rule('Broken', 'x').replace('selection:', 'selection|:'))
const quiet = file('quiet.json', trail([event(1), event(2)]))
const loud = file('loud.json', trail([event(3), stopLogging(4)]))

interface Printed {
  readonly id: string
  readonly rule_id: string
  readonly count: number
  readonly evidence: readonly { readonly file: string; readonly record: number }[]
}

function findings(out: string): readonly Printed[] {
  return lines(out).map(line => JSON.parse(line) as Printed)
}

describe('exit codes', () => {
  test('0: done, with findings or without', () => {
    expect(nephoscope(['hunt', loud, '-r', stops]).code).toBe(0)
    expect(nephoscope(['hunt', quiet, '-r', stops])).toMatchObject({ code: 0, out: '' })
  })
  test('1: a finding at or above --fail-on', () => {
    expect(nephoscope(['hunt', loud, '-r', stops, '--fail-on', 'high']).code).toBe(1)
    expect(nephoscope(['hunt', loud, '-r', stops, '--fail-on', 'crit']).code).toBe(0)
  })
  test('2: wrong usage, with a hint', () => {
    const unknown = nephoscope(['hunt', loud, '--min-levle', 'high'])
    expect(unknown.code).toBe(2)
    expect(unknown.err).toContain('Did you mean --min-level?')
    const level = nephoscope(['hunt', loud, '-m', 'hihg'])
    expect(level.code).toBe(2)
    expect(level.err).toContain('Did you mean "high"?')
    const command = nephoscope(['hutn', loud])
    expect(command.code).toBe(2)
    expect(command.err).toContain('Did you mean hunt?')
    expect(nephoscope(['samples']).err).toContain('Did you mean nephoscope hunt samples?')
    const never = nephoscope(['hunt', loud, '--from', '2024-05-02', '--to', '2024-05-01'])
    expect(never.code).toBe(2)
    expect(never.err).toContain('no time lies between')
    const twice = nephoscope(['hunt', loud, '--from', '2024-05-01', '--time-offset', '1d'])
    expect(twice.code).toBe(2)
    expect(twice.err).toContain('cannot be used with')
    const none = nephoscope(['hunt'])
    expect(none.code).toBe(2)
    expect(none.err).toContain('help:')
  })
  test('2: what was typed comes back without what a terminal obeys', () => {
    const typed = 'x\x1b[31m\x9b\u202e'
    const calls = [
      [typed],
      ['hunt', loud, `--${typed}`],
      ['hunt', loud, '-t', typed],
      ['hunt', loud, '--from', typed],
    ]
    for (const call of [...calls, ['hunt', loud, '--include', typed]]) {
      const { code, err } = nephoscope(call)
      expect(code).toBe(2)
      expect(err).toContain('x\\x1b[31m')
      expect(err).not.toMatch(/[\x1b\x9b\u202e]/)
    }
  })
  test('2: no rule could be loaded', () => {
    const called = nephoscope(['hunt', loud, '-r', broken])
    expect(called.code).toBe(2)
    expect(called.err).toContain('no rule could be loaded')
    expect(called.err).toContain('broken.yml:')
    expect(nephoscope(['hunt', loud, '-r', join(folder, 'none.yml')]).code).toBe(2)
  })
  test('2: an output that cannot be written', () => {
    const called = nephoscope(['hunt', loud, '-r', stops, '-o', join(folder, 'no', 'such', 'folder.json')])
    expect(called.code).toBe(2)
    const missing = join(folder, 'no', 'such')
    expect(called.err).toBe(
      `error: ${join(missing, 'folder.json')} cannot be written: there is no folder ${missing}\n`,
    )
    expect(nephoscope(['hunt', loud, '-r', stops, '--hits', folder]).err).toBe(
      `error: ${folder} cannot be written: it is a folder\n`,
    )
  })
  test('3: something was lost, and it wins over findings', () => {
    const early = file('early.json', trail([stopLogging(1), event(2)]).slice(0, -40))
    const called = nephoscope(['hunt', early, '-r', stops, '--fail-on', 'low'])
    expect(called.code).toBe(3)
    expect(findings(called.out)).toHaveLength(1)
  })
  test('3: an input that is not there beside one that is, which is read; 2: nothing is there', () => {
    const missing = join(folder, 'none.json')
    const beside = nephoscope(['hunt', missing, loud, '-r', stops])
    expect(beside.code).toBe(3)
    expect(findings(beside.out)).toHaveLength(1)
    expect(beside.err).toContain(`failed: ${missing}: there is no such file or folder\n`)
    for (const inputs of [[missing], ['-d', missing, join(folder, '*.nothing')]]) {
      const alone = nephoscope(['hunt', ...inputs, '-r', stops])
      expect(alone).toMatchObject({ code: 2, out: '' })
      expect(alone.err).toMatch(/^error: there is no file or folder ".*\n.*= help: /)
    }
  })
  test('asking for help is no failure', () => {
    expect(nephoscope(['hunt', '--help']).code).toBe(0)
    expect(nephoscope(['--version']).code).toBe(0)
  })
})

test('every format prints what its reader takes', () => {
  const out = (format: string): string => nephoscope(['hunt', loud, '-r', stops, '-t', format]).out
  expect(findings(out('jsonl')).map(finding => finding.rule_id)).toEqual(['trail-stopped'])
  expect(JSON.parse(out('json'))).toHaveLength(1)
  expect(JSON.parse(lines(out('ocsf'))[0] ?? '')).toMatchObject({ class_uid: 2004 })
  expect(lines(out('csv'))).toHaveLength(2)
  expect(out('html')).toMatch(/^<!doctype html>[\s\S]*<\/html>\s*$/i)
  expect(out('table')).toContain('Trail stopped')
})

test('-o writes a file, by whose name the format is chosen, and nothing else', () => {
  const called = nephoscope(['hunt', loud, '-r', stops, '-o', join(folder, 'out.csv')])
  expect(called).toMatchObject({ code: 0, out: '' })
  expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toMatch(/^id,level,/)
})

test('threads and the order of the inputs change nothing', () => {
  const logs = join(folder, 'many')
  mkdirSync(logs)
  const filler = { requestParameters: { text: 'x'.repeat(4000) } }
  // The last 20 events of each file have the ids of the first of the next: one of them differs, the others are copies.
  for (let number = 0; number < 8; number++) {
    const records = Array.from({ length: 120 }, (_, at) =>
      at % 40 === 0 ? stopLogging(number * 100 + at) : event(number * 100 + at, filler),
    )
    written(logs, `${number}.json`, trail(records))
  }
  const inputs = [join(logs, '0.json'), join(logs, '7.json'), logs]
  const called = (threads: string, order: readonly string[]): string[] => {
    const hits = join(folder, `hits-${threads}.jsonl`)
    const { out, code } = nephoscope([
      'hunt',
      ...order,
      '-r',
      stops,
      '-r',
      lists,
      '--threads',
      threads,
      '--hits',
      hits,
    ])
    expect(code).toBe(0)
    return [out, readFileSync(hits, 'utf8')]
  }
  const once = called('1', inputs)
  expect(findings(once[0] ?? '').map(({ count }) => count)).toEqual([24, 803])
  expect(called('1', inputs)).toEqual(once)
  expect(called('2', [...inputs].reverse())).toEqual(once)
})

describe('copies', () => {
  const copied = [stopLogging(1), event(2), stopLogging(1)]
  const logs = file('copied.json', trail(copied))
  const hits = join(folder, 'copied-hits.jsonl')

  test('are written once', () => {
    const called = nephoscope(['hunt', logs, '-r', stops, '--hits', hits])
    expect(findings(called.out).map(({ count }) => count)).toEqual([1])
    expect(lines(readFileSync(hits, 'utf8'))).toHaveLength(1)
    expect(called.err).toContain('2 distinct events, 1 duplicate\n')
  })
  test('all of them with --keep-duplicates', () => {
    const called = nephoscope(['hunt', logs, '-r', stops, '--hits', hits, '--keep-duplicates'])
    expect(findings(called.out).map(({ count }) => count)).toEqual([2])
    expect(lines(readFileSync(hits, 'utf8')).map(line => JSON.parse(line).record)).toEqual([0, 2])
  })
  test('in another spelling are copies too', () => {
    const { eventID, ...rest } = stopLogging(1)
    const other = file('spelled.json', trail([stopLogging(1), { ...rest, eventID } as typeof rest]))
    const called = nephoscope(['hunt', other, '-r', stops])
    expect(findings(called.out).map(({ count }) => count)).toEqual([1])
    expect(called.err).not.toContain('differ')
  })
  test('that differ are all evaluated, count as one event, and are told', () => {
    const differing = trail([event(1), stopLogging(1, { awsRegion: 'eu-north-1' }), stopLogging(1)])
    const called = nephoscope(['hunt', file('differing.json', differing), '-r', stops, '-r', lists])
    expect(findings(called.out).map(({ rule_id, count }) => [rule_id, count])).toEqual([
      ['trail-stopped', 1],
      ['buckets-listed', 1],
    ])
    expect(called.err).toContain('3 records: 1 distinct event, 2 more copies that differ (1 id)')
  })
})

test('--from and --to bound the events; the end is outside', () => {
  const logs = file('range.json', trail([stopLogging(0), stopLogging(10), stopLogging(20)]))
  const range = ['--from', '2024-05-01T10:10:00Z', '--to', '2024-05-01T10:20:00Z']
  const called = nephoscope(['hunt', logs, '-r', stops, ...range])
  expect(findings(called.out).map(({ count, evidence }) => [count, evidence[0]?.record])).toEqual([[1, 1]])
  expect(called.err).toContain('2 outside the time range')
})

test('--baseline prints only what is new or changed', () => {
  const logs = file('baseline.json', trail([stopLogging(1)]))
  const more = file('baseline-more.json', trail([stopLogging(2), event(3)]))
  const before = file('before.jsonl', nephoscope(['hunt', logs, '-r', stops]).out)
  const hunt = ['hunt', '-r', stops, '-r', lists, '--baseline', before]
  expect(nephoscope([...hunt, logs]).out).toBe('')
  expect(findings(nephoscope([...hunt, logs, more]).out).map(({ count }) => count)).toEqual([2, 1])
  expect(nephoscope([...hunt, logs, '--baseline', join(folder, 'none.jsonl')]).code).toBe(2)
})

test('rules are chosen by tag, level, status and id, as here and as elsewhere', () => {
  const called = (...choice: readonly string[]) =>
    nephoscope(['hunt', loud, '-r', stops, '-r', lists, ...choice])
  expect(findings(called('--include-level', 'low,med').out).map(({ rule_id }) => rule_id)).toEqual([
    'buckets-listed',
  ])
  expect(findings(called('--exclude', 'id=buckets-*').out).map(({ rule_id }) => rule_id)).toEqual([
    'trail-stopped',
  ])
  const none = called('--include', 'status=stable')
  expect(none).toMatchObject({ code: 0, out: '' })
  expect(none.err).toContain('leaves none of the rules')
})

test('a line of --hits has its five keys and no other', () => {
  const hits = join(folder, 'hits.jsonl')
  nephoscope(['hunt', loud, '-r', stops, '--hits', hits])
  expect(lines(readFileSync(hits, 'utf8')).map(line => Object.entries(JSON.parse(line)))).toEqual([
    [
      ['rule_id', 'trail-stopped'],
      ['event_id', eventId(4)],
      ['event_time', '2024-05-01T10:04:00Z'],
      ['file', loud],
      ['record', 1],
    ],
  ])
})

test('- is standard input', () => {
  const called = nephoscope(['hunt', '-', '-r', stops], trail([event(1), stopLogging(2)]))
  expect(called.code).toBe(0)
  expect(findings(called.out)[0]?.evidence).toMatchObject([{ file: '-', record: 1 }])
})

test.skipIf(process.platform === 'win32')('a named pipe is read once, also when its copies differ', () => {
  const records = [stopLogging(1), stopLogging(1, { awsRegion: 'eu-north-1' }), stopLogging(2)]
  const logs = file('piped.json', trail(records))
  const pipe = join(folder, 'pipe')
  const hunt = `mkfifo '${pipe}' && { cat '${logs}' > '${pipe}' & } && '${process.execPath}' dist/bundle/main.js hunt '${pipe}' -r '${stops}'`
  const { status, stdout } = spawnSync('sh', ['-c', hunt], { encoding: 'utf8', timeout: 30_000 })
  expect(status).toBe(0)
  expect(findings(stdout).map(({ count }) => count)).toEqual([2])
})

test('a gzip that was cut gives the records before the cut', () => {
  const ids = Array.from({ length: 500 }, (_, number) => stopLogging(number))
  const whole = gzipSync(ids.map(one => JSON.stringify(one)).join('\n'))
  const called = nephoscope(['hunt', file('cut.json.gz', whole.subarray(0, whole.length / 2)), '-r', stops])
  expect(called.code).toBe(3)
  const [finding] = findings(called.out)
  expect(finding?.count).toBeGreaterThan(100)
  expect(finding?.count).toBeLessThan(500)
  expect(called.err).toContain('damaged')
})

test('--quiet and --no-summary say of a loss no more than that there was one', () => {
  const missing = join(folder, 'none.json')
  for (const flag of ['-q', '-N']) {
    const called = nephoscope(['hunt', loud, missing, '-r', stops, flag])
    expect(called.code).toBe(3)
    expect(called.err).toBe('error: Some of the input was lost: 1 of 2 files could not be read in full.\n')
    expect(nephoscope(['hunt', loud, '-r', stops, flag]).err).toBe('')
  }
})

test('a zip that was cut gives the records before the cut', () => {
  const content = Buffer.from(trail([stopLogging(1), event(2)]))
  const packed = zip([
    { name: 'a.json', content },
    { name: 'b.json', content: Buffer.from(trail([stopLogging(3)])) },
  ])
  const called = nephoscope(['hunt', file('cut.zip', packed.subarray(0, -100)), '-r', stops])
  expect(called.code).toBe(3)
  expect(findings(called.out).map(({ count }) => count)).toEqual([2])
  expect(called.err).toContain('the zip archive ends early: it has no directory, and 2 entries were found')
})

test('a file beside the logs that cannot be read is named', () => {
  const none = join(folder, 'none.yml')
  for (const option of ['--placeholders', '--baseline']) {
    const called = nephoscope(['hunt', loud, '-r', stops, option, none])
    expect(called.code).toBe(2)
    expect(called.err).toContain(`error: ${none}: it does not exist\n`)
  }
})

test('a broken rule never stops the others; under --strict it is a loss', () => {
  const called = nephoscope(['hunt', loud, '-r', broken, '-r', stops])
  expect(called.code).toBe(0)
  expect(findings(called.out)).toHaveLength(1)
  expect(called.err).toContain('1 refused')
  expect(called.err).toMatch(/^ {2}refused: error\[sigma\/[a-z-]+\] .*broken\.yml:\d+:\d+: /m)
  expect(nephoscope(['hunt', loud, '-r', broken, '-r', stops, '--strict']).code).toBe(3)
})

test('a reader that has had enough is no failure', async () => {
  const users = Array.from({ length: 3000 }, (_, number) =>
    stopLogging(number, {
      userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::111122223333:user/u${number}` },
    }),
  )
  const called = await nephoscopeToHead(['hunt', file('users.json', trail(users)), '-r', stops, '-q'])
  expect(called.code).toBe(0)
  expect(called.out.startsWith('{"id":')).toBe(true)
  expect(called.err).toBe('')
})

test('what a log says never reaches the terminal as it is', () => {
  const hostile = 'a\u001b[31mred\u001b]0;title\u0007\u202eback\u0000\r\n\ud800end'
  const text = JSON.stringify({
    Records: [
      stopLogging(1, {
        userIdentity: { type: 'IAMUser', arn: hostile, userName: hostile },
        sourceIPAddress: hostile,
        errorCode: hostile,
        requestParameters: { name: hostile },
      }),
    ],
  }).replace('"userIdentity":{', '"userIdentity":{"__proto__":{"arn":"polluted"},"constructor":1,')
  const logs = file('hostile\u001b[2J.json', text)
  for (const args of [
    ['-t', 'table', '--color', 'never'],
    ['-t', 'csv'],
    ['-t', 'html'],
  ]) {
    const called = nephoscope(['hunt', logs, '-r', stops, ...args, '-q'])
    expect(called.code).toBe(0)
    expect(called.out).toContain('red')
    expect(called.out).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202e\ufffd]/)
    expect(called.err).toBe('')
  }
  const told = nephoscope(['hunt', logs, join(folder, 'none\u001b[2J'), '-r', stops, '-t', 'table'])
  expect(told.code).toBe(3)
  expect(told.err).not.toContain('\u001b')
})
