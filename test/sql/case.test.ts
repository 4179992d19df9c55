import { expect, test } from 'vitest'
import { any } from '../../src/plan/pattern.ts'
import { sharedCase, unsharedPattern, unsharedRegex } from '../../src/sql/shared-meaning.ts'
import { sql } from '../../src/sql/sql.ts'
import { testDatabase } from '../database.ts'

const database = await testDatabase()

test('letters of which the engine and the scan have another lower case are known', async () => {
  const rows = await database.query(sql`SELECT point, event_fold(chr(CAST(point AS INTEGER))) AS folded
    FROM range(1, 1114112) AS all_points(point)
    WHERE point NOT BETWEEN 55296 AND 57343 AND folded <> chr(CAST(point AS INTEGER))`)
  const folded = new Map(rows.map(([point, text]) => [Number(point), String(text)]))
  const surprises: string[] = []
  for (let point = 1; point < 0x110000; point++) {
    if (point >= 0xd800 && point <= 0xdfff) continue
    const letter = String.fromCodePoint(point)
    const [here, there] = [letter.toLowerCase(), folded.get(point) ?? letter]
    // What a pattern may hold must come of the same letters on both sides.
    if (here !== there && (sharedCase(here) || sharedCase(there))) surprises.push(point.toString(16))
  }
  expect(surprises).toEqual([])
  expect(folded.get(0x130)).toBe('\u0130'.toLowerCase())
  expect(rows.length).toBeGreaterThan(1000)
})

test('what engines may read in another way has a reason, and all else none', () => {
  const regex = (source: string, caseless = false) => ({ source, caseless, multiline: false, dotall: false })
  const reasons = [
    unsharedPattern(['a\0'], false),
    unsharedPattern(['\ud83d'], false),
    unsharedPattern([any, 'ΑΣ'], true),
    unsharedPattern(['ƛ'], true),
    unsharedRegex(regex('\\pL')),
    unsharedRegex(regex('(?<name>a)')),
    unsharedRegex(regex('é', true)),
    unsharedRegex(regex('(?i)\\x{e9}')),
  ]
  expect(reasons.map(reason => typeof reason)).toEqual(reasons.map(() => 'string'))
  const fine = [
    unsharedPattern(['ΑΣ'], false),
    unsharedPattern(['Éa', any, '😀', '日本'], true),
    unsharedRegex(regex('é|[^a]\\d')),
    unsharedRegex(regex('(?P<name>k)', true)),
  ]
  expect(fine).toEqual(fine.map(() => undefined))
})
