import { expect, test } from 'vitest'
import { ProgressBar } from '../../src/cli/progress.ts'

function drawn(columns: number): string {
  const pieces: string[] = []
  const stream = { columns, write: (text: string) => pieces.push(text) }
  new ProgressBar(stream as unknown as NodeJS.WriteStream).begin([{ bytes: 5000 }], 208)
  return pieces.join('')
}

test('the bar gives way to the numbers where there is no room', () => {
  expect(drawn(120)).toMatch(/^\r\[00:00\] 0 bytes \/ 5\.0 kB \[ {40}\] 0 % {2}0 events\/s {2}208 rules/)
  expect(drawn(56)).toMatch(/^\r\[00:00\] 0 bytes \/ 5\.0 kB 0 % {2}0 events\/s/)
})
