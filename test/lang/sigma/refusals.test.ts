import { expect, test } from 'vitest'
import { itemRule, problems, ruleWith } from './documents.ts'

test('an unknown modifier', () =>
  expect(problems(itemRule('a|contain: x'))).toMatchInlineSnapshot(`
  "error[sigma/unknown-modifier]: there is no modifier "contain"
   --> rule.yml:7:5
  7 |     a|contain: x
    |     ^^^^^^^^^
    = help: did you mean "contains"?"
`))
test('modifiers that do not go together', () => {
  expect(problems(itemRule('a|contains|startswith: x'))).toMatchInlineSnapshot(`
    "error[sigma/modifier-combination]: "contains" and "startswith" do not go together
     --> rule.yml:7:5
    7 |     a|contains|startswith: x
      |     ^^^^^^^^^^^^^^^^^^^^^"
  `)
  expect(problems(itemRule('a|contains|contains: x'))).toMatchInlineSnapshot(`
    "error[sigma/modifier-combination]: "contains" stands twice
     --> rule.yml:7:5
    7 |     a|contains|contains: x
      |     ^^^^^^^^^^^^^^^^^^^"
  `)
  expect(problems(itemRule('a|exists|neq: true'))).toMatchInlineSnapshot(`
    "error[sigma/modifier-combination]: "exists" and "neq" do not go together
     --> rule.yml:7:5
    7 |     a|exists|neq: true
      |     ^^^^^^^^^^^^"
  `)
  expect(problems(itemRule('a|i: x'))).toMatchInlineSnapshot(`
    "error[sigma/modifier-combination]: "i" is a flag of "re", which is not there
     --> rule.yml:7:5
    7 |     a|i: x
      |     ^^^
      = help: write re|i"
  `)
  expect(problems(itemRule("'|gt': 5"))).toMatchInlineSnapshot(`
    "error[sigma/modifier-combination]: "gt" needs a field name before it
     --> rule.yml:7:5
    7 |     '|gt': 5
      |     ^^^^^"
  `)
  expect(problems(itemRule('a|contains|base64: x'))).toMatchInlineSnapshot(`
    "error[sigma/modifier-order]: "base64" stands behind "contains"
     --> rule.yml:7:5
    7 |     a|contains|base64: x
      |     ^^^^^^^^^^^^^^^^^
      = help: encode first, then compare: base64|contains"
  `)
})
test('values that a modifier cannot take', () => {
  expect(problems(itemRule('a|contains: null'))).toMatchInlineSnapshot(`
    "error[sigma/value]: "contains" has no meaning for an empty value
     --> rule.yml:7:17
    7 |     a|contains: null
      |                 ^^^^"
  `)
  expect(problems(itemRule('a|gt: many'))).toMatchInlineSnapshot(`
    "error[sigma/value]: "gt" takes a number
     --> rule.yml:7:11
    7 |     a|gt: many
      |           ^^^^"
  `)
  expect(problems(itemRule('a|hour: 24'))).toMatchInlineSnapshot(`
    "error[sigma/value]: "hour" takes a whole number from 0 to 23
     --> rule.yml:7:13
    7 |     a|hour: 24
      |             ^^"
  `)
  expect(problems(itemRule('a|exists: maybe'))).toMatchInlineSnapshot(`
    "error[sigma/value]: "exists" takes true or false
     --> rule.yml:7:15
    7 |     a|exists: maybe
      |               ^^^^^
      = help: write true or false, without quotes"
  `)
  expect(problems(itemRule('a|fieldref: 5'))).toMatchInlineSnapshot(`
    "error[sigma/value]: "fieldref" takes the name of a field
     --> rule.yml:7:17
    7 |     a|fieldref: 5
      |                 ^
      = help: write one field, without wildcards"
  `)
  expect(problems(itemRule("a|base64: 'x*'"))).toMatchInlineSnapshot(`
    "error[sigma/value]: "base64" cannot encode a value with wildcards
     --> rule.yml:7:15
    7 |     a|base64: 'x*'
      |               ^^^^
      = help: write \\* or \\? for a literal sign"
  `)
  expect(problems(itemRule('a|cidr: 192.0.2.1/24'))).toMatchInlineSnapshot(`
    "error[sigma/network]: "192.0.2.1/24" is no network: it has bits set behind the prefix
     --> rule.yml:7:13
    7 |     a|cidr: 192.0.2.1/24
      |             ^^^^^^^^^^^^
      = help: write the first address and the prefix length, such as 192.0.2.0/24 or 2001:db8::/32"
  `)
  expect(problems(itemRule('a|cidr: example.com'))).toMatchInlineSnapshot(`
    "error[sigma/network]: "example.com" is no network: it does not start with an IP address
     --> rule.yml:7:13
    7 |     a|cidr: example.com
      |             ^^^^^^^^^^^
      = help: write the first address and the prefix length, such as 192.0.2.0/24 or 2001:db8::/32"
  `)
})
test('a placeholder without values', () =>
  expect(problems(itemRule("a|expand: '%admins%'"))).toMatchInlineSnapshot(`
    "error[sigma/placeholder]: the placeholder %admins% has no values
     --> rule.yml:7:15
    7 |     a|expand: '%admins%'
      |               ^^^^^^^^^^
      = help: the rule needs to know your environment: give values for "admins", or take this item out of the rule"
  `))
test('regular expressions beyond RE2', () => {
  expect(problems(itemRule("a|re: '('"))).toMatchInlineSnapshot(`
    "error[sigma/regex]: the regular expression cannot be used: missing closing ): \`(\`
     --> rule.yml:7:11
    7 |     a|re: '('
      |           ^^^
      = help: the syntax is that of RE2"
  `)
  expect(problems(itemRule("a|re: 'x(?!y)'"))).toMatchInlineSnapshot(`
    "error[sigma/regex]: the regular expression cannot be used: it looks around (lookahead or lookbehind)
     --> rule.yml:7:11
    7 |     a|re: 'x(?!y)'
      |           ^^^^^^^^
      = help: expressions run in time linear in the text, which rules this out; use a second item, with "not" if need be"
  `)
  expect(problems(itemRule("a|re: '(x)\\1'"))).toMatchInlineSnapshot(`
    "error[sigma/regex]: the regular expression cannot be used: it refers back to a group
     --> rule.yml:7:11
    7 |     a|re: '(x)\\1'
      |           ^^^^^^^
      = help: expressions run in time linear in the text, which rules this out; use a second item, with "not" if need be"
  `)
  expect(problems(itemRule("a|re: '(x{1000}){1000}'"))).toMatchInlineSnapshot(`
    "error[sigma/regex]: the regular expression cannot be used: it is too large
     --> rule.yml:7:11
    7 |     a|re: '(x{1000}){1000}'
      |           ^^^^^^^^^^^^^^^^^
      = help: write a list of several expressions"
  `)
})
test('nested values', () => {
  expect(problems(itemRule('a: {b: 1}'))).toMatchInlineSnapshot(`
    "error[sigma/nested-value]: a value is a map, not a text, number or boolean
     --> rule.yml:7:8
    7 |     a: {b: 1}
      |        ^^^^^^
      = help: write a field inside another as one dotted name, such as userIdentity.type"
  `)
  expect(problems(itemRule('a: [[b]]'))).toMatchInlineSnapshot(`
    "error[sigma/nested-value]: a value is a list, not a text, number or boolean
     --> rule.yml:7:9
    7 |     a: [[b]]
      |         ^^^
      = help: write all values in one list"
  `)
})
test('identifiers that look for nothing', () => {
  expect(problems(ruleWith('sel:\ncondition: sel'))).toMatchInlineSnapshot(`
    "error[sigma/empty-identifier]: "sel" looks for nothing
     --> rule.yml:6:3
    6 |   sel:
      |   ^^^"
  `)
  expect(problems(ruleWith('sel: {}\ncondition: sel'))).toMatchInlineSnapshot(`
    "error[sigma/empty-identifier]: a selection looks for nothing
     --> rule.yml:6:8
    6 |   sel: {}
      |        ^^"
  `)
})
test('Sigma 1', () => {
  expect(problems(ruleWith('sel: {a: 1}\ncondition: sel | count() by b > 3'))).toMatchInlineSnapshot(`
    "error[sigma/aggregation]: a pipe belongs to the aggregations of Sigma 1
     --> rule.yml:7:18
    7 |   condition: sel | count() by b > 3
      |                  ^
      = help: write the rule without it, and a correlation such as event_count or value_count over it"
  `)
  expect(problems(ruleWith('sel: {a: 1}\ntimeframe: 5m\ncondition: sel'))).toMatchInlineSnapshot(`
    "error[sigma/timeframe]: "timeframe" belongs to the aggregations of Sigma 1
     --> rule.yml:7:3
    7 |   timeframe: 5m
      |   ^^^^^^^^^
      = help: write the rule without it, and a correlation over it with "timespan""
  `)
})
test('conditions', () => {
  const condition = (text: string) => problems(ruleWith(`sel: {a: 1}\nfilter: {b: 1}\ncondition: ${text}`))
  expect(condition('sel AND filter')).toMatchInlineSnapshot(`
    "error[sigma/operator-case]: "AND" is not an operator
     --> rule.yml:8:18
    8 |   condition: sel AND filter
      |                  ^^^
      = help: operators are lower-case: "and""
  `)
  expect(condition('NOT sel')).toMatchInlineSnapshot(`
    "error[sigma/operator-case]: "NOT" is not an operator
     --> rule.yml:8:14
    8 |   condition: NOT sel
      |              ^^^
      = help: operators are lower-case: "not""
  `)
  expect(condition('sel and not fliter')).toMatchInlineSnapshot(`
    "error[sigma/unknown-identifier]: the detection has no "fliter"
     --> rule.yml:8:26
    8 |   condition: sel and not fliter
      |                          ^^^^^^
      = help: did you mean "filter"?"
  `)
  expect(condition('2 of sel*')).toMatchInlineSnapshot(`
    "error[sigma/quantity]: "2 of" is no quantity
     --> rule.yml:8:14
    8 |   condition: 2 of sel*
      |              ^
      = help: Sigma knows "1 of" and "all of"; write the combinations out with "and" and "or""
  `)
  expect(condition('1 of nope*')).toMatchInlineSnapshot(`
    "error[sigma/unknown-identifier]: the detection has nothing that "nope*" selects
     --> rule.yml:8:19
    8 |   condition: 1 of nope*
      |                   ^^^^^
      = help: it has sel, filter"
  `)
  expect(condition('1 of')).toMatchInlineSnapshot(`
    "error[sigma/condition]: "of" needs "them" or a pattern behind it
     --> rule.yml:8:18
    8 |   condition: 1 of
      |                  ^"
  `)
  expect(condition('sel and')).toMatchInlineSnapshot(`
    "error[sigma/condition]: the condition ends where a name should follow
     --> rule.yml:8:21
    8 |   condition: sel and
      |                     ^"
  `)
  expect(condition('(sel')).toMatchInlineSnapshot(`
    "error[sigma/condition]: this parenthesis is not closed
     --> rule.yml:8:14
    8 |   condition: (sel
      |              ^
      = help: add ")""
  `)
  expect(condition('sel)')).toMatchInlineSnapshot(`
    "error[sigma/condition]: ")" cannot stand here
     --> rule.yml:8:17
    8 |   condition: sel)
      |                 ^"
  `)
  expect(condition('sel filter')).toMatchInlineSnapshot(`
    "error[sigma/condition]: "filter" cannot stand here
     --> rule.yml:8:18
    8 |   condition: sel filter
      |                  ^^^^^^"
  `)
  expect(condition('5')).toMatchInlineSnapshot(`
    "error[sigma/type]: a condition is a number, not a text
     --> rule.yml:8:14
    8 |   condition: 5
      |              ^"
  `)
  expect(condition('[]')).toMatchInlineSnapshot(`
    "error[sigma/condition]: the condition is empty
     --> rule.yml:8:3
    8 |   condition: []
      |   ^^^^^^^^^"
  `)
  expect(condition(`${'('.repeat(40)}sel${')'.repeat(40)}`)).toContain('parentheses nest too deeply')
})
test('missing keys', () => {
  expect(problems('title: x\nid: x\nlevel: low\n')).toMatchInlineSnapshot(`
    "error[sigma/missing-key]: the rule has no "logsource"
     --> rule.yml:1:1
    1 | title: x
      | ^^^^^
      = help: add "logsource:"
    error[sigma/missing-key]: the rule has no "detection"
     --> rule.yml:1:1
    1 | title: x
      | ^^^^^
      = help: add "detection:""
  `)
  expect(problems('detection: {sel: {a: 1}, condition: sel}')).toMatchInlineSnapshot(`
    "error[sigma/missing-key]: the rule has no "title"
     --> rule.yml:1:1
    1 | detection: {sel: {a: 1}, condition: sel}
      | ^^^^^^^^^
      = help: add "title:"
    warning[sigma/missing-id]: the rule has no "id"; it is called "untitled"
     --> rule.yml
      = help: add "id:" with a UUID of its own, so that findings keep their rule when the title changes
    warning[sigma/missing-level]: the rule has no "level"; it counts as medium
     --> rule.yml
    error[sigma/missing-key]: the rule has no "logsource"
     --> rule.yml:1:1
    1 | detection: {sel: {a: 1}, condition: sel}
      | ^^^^^^^^^
      = help: add "logsource:""
  `)
  expect(problems('title: x\nid: x\nlevel: low\nlogsource: {}\ndetections: {}')).toMatchInlineSnapshot(`
    "error[sigma/logsource]: the log source names no product, category or service
     --> rule.yml:4:12
    4 | logsource: {}
      |            ^^
    error[sigma/missing-key]: the rule has no "detection"
     --> rule.yml:5:1
    5 | detections: {}
      | ^^^^^^^^^^
      = help: did you mean "detection" where it says "detections"?"
  `)
  expect(problems(ruleWith('sel: {a: 1}'))).toMatchInlineSnapshot(`
    "error[sigma/missing-key]: the detection has no "condition"
     --> rule.yml:6:3
    6 |   sel: {a: 1}
      |   ^^^
      = help: add "condition:""
  `)
})
test('wrong types and words', () => {
  const rule = (head: string) =>
    problems(`${head}\nid: x\nlogsource: {product: aws}\ndetection: {sel: {a: 1}, condition: sel}`)
  expect(rule('title: 5\nlevel: low')).toMatchInlineSnapshot(`
    "error[sigma/type]: "title" is a number, not a text
     --> rule.yml:1:8
    1 | title: 5
      |        ^
      = help: a title that looks like a number must be quoted"
  `)
  expect(rule('title: x\nlevel: hihg')).toMatchInlineSnapshot(`
    "error[sigma/level]: "hihg" is no level
     --> rule.yml:2:8
    2 | level: hihg
      |        ^^^^
      = help: did you mean "high"?"
  `)
  expect(rule('title: x\nlevel: low\nstatus: [new]')).toMatchInlineSnapshot(`
    "error[sigma/status]: a list is no status
     --> rule.yml:3:9
    3 | status: [new]
      |         ^^^^^
      = help: use one of stable, test, experimental, deprecated, unsupported"
  `)
  expect(problems('title: x\nid: x\nlevel: low\nlogsource: aws\ndetection: []')).toMatchInlineSnapshot(`
    "error[sigma/type]: "logsource" is a text, not a map
     --> rule.yml:4:12
    4 | logsource: aws
      |            ^^^
    error[sigma/type]: "detection" is a list, not a map
     --> rule.yml:5:12
    5 | detection: []
      |            ^^"
  `)
})
test('YAML', () => {
  expect(problems('title: x\ndetection:\n  - a\n b')).toMatchInlineSnapshot(`
    "error[sigma/yaml]: YAML: All mapping items must start at the same column
     --> rule.yml:4:1
    4 |  b
      | ^
    error[sigma/yaml]: YAML: Implicit map keys need to be followed by map values
     --> rule.yml:4:2
    4 |  b
      |  ^"
  `)
  expect(problems('title: x\ntitle: y')).toMatchInlineSnapshot(`
    "error[sigma/duplicate-key]: the key "title" stands twice in one map
     --> rule.yml:2:1
    2 | title: y
      | ^^^^^
      = help: only one of them could count; join or rename them"
  `)
  expect(problems('title: *nobody')).toMatchInlineSnapshot(`
    "error[sigma/yaml]: YAML: there is no anchor "nobody" above
     --> rule.yml:1:8
    1 | title: *nobody
      |        ^^^^^^^"
  `)
  expect(problems('? [a]\n: b')).toMatchInlineSnapshot(`
    "error[sigma/key]: a key is not a plain name
     --> rule.yml:1:3
    1 | ? [a]
      |   ^^^"
  `)
})
test('files without rules', () => {
  expect(problems('')).toMatchInlineSnapshot(`
    "error[sigma/not-a-rule]: the file holds no document
     --> rule.yml:1:1
    1 | 
      | ^"
  `)
  expect(problems('# nothing\n---\n')).toMatchInlineSnapshot(`
    "error[sigma/not-a-rule]: the file holds no document
     --> rule.yml:1:1
    1 | # nothing
      | ^"
  `)
  expect(problems('- a')).toMatchInlineSnapshot(`
    "error[sigma/not-a-rule]: the document is a list, not a Sigma rule
     --> rule.yml:1:1
    1 | - a
      | ^^^"
  `)
  expect(problems('apiVersion: v1\nkind: Pod')).toMatchInlineSnapshot(`
    "error[sigma/not-a-rule]: the document is no Sigma rule: it has no title, detection or correlation
     --> rule.yml:1:1
    1 | apiVersion: v1
      | ^^^^^^^^^^"
  `)
})
test('control characters cannot be seen as themselves', () =>
  expect(problems(itemRule('a|\u202econtain\u001b: x'))).toMatchInlineSnapshot(`
    "error[sigma/unknown-modifier]: there is no modifier "\\u202econtain\\x1b"
     --> rule.yml:7:5
    7 |     a|\\u202econtain\\x1b: x
      |     ^^^^^^^^^^^^^^^^^^^
      = help: did you mean "contains"?"
  `))
