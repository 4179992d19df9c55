import { expect, test } from 'vitest'
import type { Diagnostic } from '../../../src/core/diagnostic.ts'
import { environmentOf } from './environment.ts'
import { search } from './queries.ts'

/** The categories that our own sources give to messages are lists. */
const COLUMNS = [
  { name: '_raw', type: 'text' },
  { name: '_sourceCategory', type: 'list' },
] as const

function asked(query: string, found: number, strict = false) {
  const notes: Diagnostic[] = []
  const lowering = search(query, { strict }).lower(environmentOf(COLUMNS, notes))
  const questions: string[] = []
  const relations: string[] = []
  const rows = Array.from({ length: found }, () => ({ category: true }))
  let step = lowering.next({ rows: [], more: false })
  for (; !step.done; step = lowering.next({ rows, more: false })) {
    questions.push(step.value.why)
    relations.push(JSON.stringify(step.value.relation))
  }
  return { questions, relations, notes: notes.map(({ code }) => code), plan: JSON.stringify(step.value) }
}

test('a category that some message has selects those messages', () => {
  const { questions, notes, plan } = asked('_sourceCategory=*windows* | count', 1)
  expect(questions).toEqual(['the categories of the messages'])
  expect(notes).toEqual([])
  expect(plan).toContain('windows')
})

test('if no message has any of the categories they do not count, and that is noted', () => {
  const { notes, plan } = asked('(_sourceCategory=Labs/a OR _sourceCategory=Labs/b) error | count', 0)
  expect(notes).toEqual(['sumo/other-category'])
  expect(plan).not.toContain('Labs')
  expect(plan).toContain('error')
})

test('a message that has no category is none that has this one, but is let through', () => {
  const { relations, plan } = asked('_sourceCategory=*windows* | count', 1)
  const orNone = '"kind":"or","of":[{"kind":"null"'
  expect(relations.map(relation => relation.includes(orNone))).toEqual([false])
  expect(plan).toContain(orNone)
})

test('in the strict reading they do', () => {
  const { questions, plan } = asked('_sourceCategory=Labs/a | count', 0, true)
  expect(questions).toEqual([])
  expect(plan).toContain('Labs')
})

test('a category that must not be there is not asked for', () => {
  expect(asked('NOT _sourceCategory=Labs/a | count', 0).questions).toEqual([])
})

test('of several categories any may be equal in where', () => {
  const { plan } = asked('* | where _sourceCategory = "prod" | count', 0)
  expect(plan).toContain('list_contains')
  expect(asked('* | where _raw = "prod" | count', 0).plan).not.toContain('list_contains')
})
