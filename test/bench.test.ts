import { expect, test } from 'vitest'
import { fileBytes, planFiles } from './bench/files.ts'
import { generatedRules } from './bench/rules.ts'
import { makeWorld } from './bench/world.ts'
import { loadText } from './plain/load.ts'

interface Generated {
  readonly Records: readonly {
    readonly eventID: string
    readonly eventSource: string
    readonly managementEvent: boolean
  }[]
}

const world = makeWorld()
const plans = planFiles(world, 12_000, 1)
const files = plans.map(plan => fileBytes(world, 1, plans, plan).toString('utf8'))
const records = files.flatMap(text => (JSON.parse(text) as Generated).Records)

test('the generated logs are those that were asked for', () => {
  expect(records.length).toBe(12_000)
  const objects = records.filter(record => !record.managementEvent).length / records.length
  expect(objects).toBeGreaterThan(0.68)
  expect(objects).toBeLessThan(0.72)
  const bytes = files.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / records.length
  expect(bytes).toBeGreaterThan(1250)
  expect(bytes).toBeLessThan(1450)
})

test('a redelivered record keeps its id and its text', () => {
  const texts = new Map<string, string>()
  let copies = 0
  for (const record of records) {
    const text = JSON.stringify(record)
    const before = texts.get(record.eventID)
    if (before !== undefined) {
      expect(text).toBe(before)
      copies++
    }
    texts.set(record.eventID, text)
  }
  expect(copies).toBeGreaterThan(0)
})

test('the generator repeats itself, and another seed gives another log', () => {
  const [first] = plans
  if (first === undefined) throw new Error('bug: no file')
  expect(fileBytes(makeWorld(), 1, plans, first).toString('utf8') === files[0]).toBe(true)
  expect(fileBytes(world, 2, plans, first).toString('utf8') === files[0]).toBe(false)
})

test('every generated rule loads without a word', () => {
  const texts = generatedRules(740)
  const loaded = texts.map((text, number) => loadText(text, `${number}.yml`))
  expect(loaded.flatMap(one => [...one.problems, ...one.refused])).toEqual([])
  expect(new Set(loaded.flatMap(one => one.rules.map(rule => rule.meta.id))).size).toBe(texts.length)
})
