import { describe, expect, test } from 'vitest'
import { readMacrosJson } from '../../../src/lang/spl/macros/json.ts'
import type { Macros } from '../../../src/lang/spl/macros/macro.ts'
import { parseSpl } from '../../../src/lang/spl/parse.ts'
import { printSpl } from '../../../src/lang/spl/print.ts'
import { missing, sharedJson, sharedLines } from '../../plain/shared-data.ts'
import { withoutPlaces } from './places.ts'

interface Published {
  readonly name: string
  readonly search: string
}

const absent = missing('corpus/spl-cloud.jsonl', 'corpus/macros.json')

describe.skipIf(absent !== undefined)(absent ?? 'published searches', () => {
  const searches = absent === undefined ? (sharedLines('corpus/spl-cloud.jsonl') as readonly Published[]) : []
  const macros = absent === undefined ? publishedMacros() : new Map()

  test('every one is read without a problem', () => {
    expect(searches.length).toBe(139)
    const wrong = searches.flatMap(({ name, search }) =>
      parseSpl(search, macros).problems.map(({ message }) => `${name}: ${message}`),
    )
    expect(wrong).toEqual([])
  })

  test('printed and read again, every one is the same tree', () => {
    for (const { search } of searches) {
      const tree = parseSpl(search, macros).search
      const printed = printSpl(tree)
      const again = parseSpl(printed)
      expect(again.problems).toEqual([])
      expect(withoutPlaces(again.search)).toEqual(withoutPlaces(tree))
      expect(printSpl(again.search)).toBe(printed)
    }
  })
})

function publishedMacros(): Macros {
  const read = readMacrosJson(JSON.stringify(sharedJson('corpus/macros.json')))
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  return read.value
}
