import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byTime, type HitSignal } from '../../../src/engines/files/hit-signal.ts'
import { mergedRuns, RunSorter, sortedByRuns } from '../../../src/engines/files/sorted-runs.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const folder = temporaryFolder()
let files = 0
const freshFile = (): string => join(folder, `runs-${files++}`)

function signalAt(place: number): HitSignal {
  return {
    rule: place % 3,
    file: place % 7,
    record: place,
    time: (place * 7919) % 1000,
    id: `e${place % 10}`,
    carried: [[], [`v${place % 5}`], ['1', '2']],
  }
}

test('signals of several sorters come in order of time, id, rule, file and record, also from disk, and again', () => {
  const [many, few] = [new RunSorter({ ...byTime, file: freshFile(), run: 100 }), sorterOf(1000)]
  const all = Array.from({ length: 7030 }, (_, place) => signalAt(place))
  for (const one of all) (one.record < 7000 ? many : few).add(one)
  const sorted = [many.finish(), few.finish()]
  expect(sorted.map(({ file }) => existsSync(file))).toEqual([true, false])
  const wanted = [...all].sort(byTime.compare)
  for (const _ of [1, 2]) expect([...mergedRuns(sorted, byTime)]).toEqual(wanted)
  many.close()
})

function sorterOf(run: number): RunSorter<HitSignal> {
  return new RunSorter({ ...byTime, file: freshFile(), run })
}

test('what is packed is what comes back, whatever the texts', () => {
  const text = fc.string({ unit: fc.oneof(fc.constantFrom('a', '\0', 'ÿ', 'Ā', '\ud800', '\udc00', '😀')) })
  const signal = fc.record({
    rule: fc.nat(5),
    file: fc.nat(5),
    record: fc.nat(0xffffffff),
    time: fc.oneof(fc.integer(), fc.constant(Number.NaN)),
    id: text,
    carried: fc.array(fc.array(text, { maxLength: 3 }), { maxLength: 3 }),
  })
  fc.assert(
    fc.property(fc.array(signal, { maxLength: 20 }), signals => {
      const { packing } = byTime
      expect([...packing.unpack(packing.pack(signals))]).toEqual(signals)
    }),
  )
})

test('any values are sorted in bounded memory', () => {
  const compare = (a: number, b: number): number => a - b
  const values = Array.from({ length: 5000 }, (_, at) => (at * 7919) % 5000)
  const sorted = [...sortedByRuns(values, { compare, file: freshFile(), run: 64 })]
  expect(sorted).toEqual([...values].sort(compare))
  expect([...sortedByRuns([], { compare, file: freshFile(), run: 64 })]).toEqual([])
})
