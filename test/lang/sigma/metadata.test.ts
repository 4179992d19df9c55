import { expect, test } from 'vitest'
import { problems, rules } from './documents.ts'

const REST = 'logsource: {product: aws, definition: none}\ndetection: {sel: {a: 1}, condition: sel}\n'

test('everything that a rule says of itself', () => {
  const [rule] = rules(`title: ' A title '
id: 11111111-2222-4333-8444-555555555555
name: a_name
status: test
level: High
description: |
  Two
  lines
author: Ana Example
date: 2026-01-31
modified: 2026/02/01
references: [https://example.com/a]
tags: [attack.t1685.002, cve.2026-1]
falsepositives: Nothing known
fields: [eventName, user Identity.arn]
entity: userIdentity.arn
related:
  - {id: old-1, type: obsolete}
  - {id: old-2, type: derived}
custom: {anything: goes}
${REST}`)
  expect(rule?.meta).toMatchInlineSnapshot(`
    {
      "author": "Ana Example",
      "description": "Two
    lines",
      "entity": "userIdentity.arn",
      "falsepositives": [
        "Nothing known",
      ],
      "fields": [
        "eventName",
        "userIdentity.arn",
      ],
      "id": "11111111-2222-4333-8444-555555555555",
      "level": "high",
      "name": "a_name",
      "references": [
        "https://example.com/a",
      ],
      "related": [
        "old-1",
      ],
      "status": "test",
      "tags": [
        "attack.t1685.002",
        "cve.2026-1",
      ],
      "title": "A title",
    }
  `)
})

test('without an id and a level', () => {
  const text = `title: 'Two: words!'\n${REST}`
  expect(rules(text)[0]?.meta).toMatchObject({ id: 'two-words', level: 'medium' })
  expect(problems(text)).toMatchInlineSnapshot(`
    "warning[sigma/missing-id]: the rule has no "id"; it is called "two-words"
     --> rule.yml:1:1
    1 | title: 'Two: words!'
      | ^^^^^
      = help: add "id:" with a UUID of its own, so that findings keep their rule when the title changes
    warning[sigma/missing-level]: the rule has no "level"; it counts as medium
     --> rule.yml:1:1
    1 | title: 'Two: words!'
      | ^^^^^"
  `)
  expect(rules(`title: '***'\n${REST}`)[0]?.meta.id).toBe('rule')
})

test('mistakes in what only people read are warnings', () => {
  const text = `title: x\nid: x\nlevel: low\ndate: 2026-02-31\nauthor: [a]\ntags: {a: b}\nrelated: [x]\n${REST}`
  expect(rules(text)).toHaveLength(1)
  expect(problems(text)).toMatchInlineSnapshot(`
    "warning[sigma/type]: "author" is a list, not a text; it is ignored
     --> rule.yml:5:9
    5 | author: [a]
      |         ^^^
    warning[sigma/date]: "date" is no date
     --> rule.yml:4:7
    4 | date: 2026-02-31
      |       ^^^^^^^^^^
      = help: write it as YYYY-MM-DD
    warning[sigma/type]: "tags" holds a map, not a text; it is ignored
     --> rule.yml:6:7
    6 | tags: {a: b}
      |       ^^^^^^
    warning[sigma/type]: an entry of "related" has no "id"; it is ignored
     --> rule.yml:7:11
    7 | related: [x]
      |           ^"
  `)
})

test('texts are cut', () => {
  const [rule] = rules(
    `title: ${'t'.repeat(1000)}\nid: x\nlevel: low\ndescription: ${'d'.repeat(9000)}\n${REST}`,
  )
  expect(rule?.meta.title).toHaveLength(300)
  expect(rule?.meta.description).toHaveLength(4000)
})
