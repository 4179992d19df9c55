import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ProgressBar } from '../../src/cli/progress.ts'

function barOf(columns: number): { readonly bar: ProgressBar; readonly last: () => string } {
  const pieces: string[] = []
  const stream = { columns, write: (text: string) => pieces.push(text) }
  return {
    bar: new ProgressBar(stream as unknown as NodeJS.WriteStream),
    last: () => pieces.at(-1) ?? '',
  }
}

function drawn(columns: number): string {
  const { bar, last } = barOf(columns)
  bar.begin([{ bytes: 5000, name: 'a.json' }], 208)
  return last()
}

test('the bar gives way to the numbers where there is no room', () => {
  expect(drawn(120)).toMatch(/^\r\[00:00\] 0 bytes \/ 5\.0 kB \[ {40}\] 0 % {2}0 events\/s {2}208 rules/)
  expect(drawn(56)).toMatch(/^\r\[00:00\] 0 bytes \/ 5\.0 kB 0 % {2}0 events\/s/)
})

describe('within a file', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('the bar goes on with what was unpacked, and never beyond the file', () => {
    const { bar, last } = barOf(120)
    bar.begin([{ bytes: 5000, name: 'a.json' }], 208)
    vi.advanceTimersByTime(1000)
    bar.progress(2500, 40)
    expect(last()).toMatch(/2\.5 kB \/ 5\.0 kB \[=+> +\] 50 % {2}40 events\/s {2}208 rules {2}00:01 left/)
    vi.advanceTimersByTime(1000)
    bar.progress(90_000, 40)
    expect(last()).toMatch(/5\.0 kB \/ 5\.0 kB .* 100 % {2}40 events\/s/)
    vi.advanceTimersByTime(1000)
    bar.fileDone({ bytes: 5000, unpacked: 92_500, events: 90 })
    expect(last()).toMatch(/100 % {2}30 events\/s/)
  })

  test('what is packed counts by what it unpacks to', () => {
    const { bar, last } = barOf(120)
    bar.begin(
      [1, 2].map(number => ({ bytes: 5000, name: `${number}.json.gz` })),
      208,
    )
    vi.advanceTimersByTime(1000)
    bar.progress(12_000, 40)
    expect(last()).toContain('1.0 kB / 10 kB')
    vi.advanceTimersByTime(1000)
    bar.fileDone({ bytes: 5000, unpacked: 50_000, events: 90 })
    vi.advanceTimersByTime(1000)
    bar.progress(20_000, 0)
    expect(last()).toContain('7.0 kB / 10 kB')
  })

  test('a pipe shows what came through it', () => {
    const { bar, last } = barOf(120)
    bar.begin([{ bytes: 0, name: '-' }], 208)
    vi.advanceTimersByTime(1000)
    bar.progress(2500, 40)
    expect(last()).toContain('[00:01] 2.5 kB unpacked  40 events/s  208 rules')
  })
})
