import fc from 'fast-check'
import type { Json, JsonObject } from '../../src/core/json.ts'
import { type Expr, type Field, field, type Leaf } from '../../src/plan/expr.ts'
import { any, one, type Pattern } from '../../src/plan/pattern.ts'
import { anyText } from './any-text.ts'

// What stands twice in a list comes twice as often: plans and events must meet.
// biome-ignore format: a table
const KEYS = ['a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'b', 'b', 'b', 'b', 'a.b', 'b.c', 'a.b.c', '__proto__', 'constructor', 'toString', 'length', '0', 'İ', '']
// biome-ignore format: a table
const NAMES = [
  'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'b', 'b', 'b', 'b', 'a.b', 'a.b', 'a.b', 'a.a', 'a.a', 'b.a', 'b.b', 'a.b.c', 'b.c', 'a.0', 'a.length',
  '__proto__', '__proto__.a', 'constructor', 'a.toString', 'missing', 'A', 'İ', '', 'a..b',
]
// biome-ignore format: a table
const WORDS = [
  '', 'a', 'A', 'ab', 'AB', 'b', 'foo', 'Foo Bar', 'x%y_z', '%', '_', '\\', 'a\\b', "it's", '"q"', 'line\nbreak',
  '[]', '{}', '{"a":1}', '*', '?', '/', '__proto__', 'İ', 'i̇', 'ß', 'SS', 'ς', 'Σ', 'ΑΣ', 'K', '😀', 'a😀b',
]
// biome-ignore format: a table
const NUMERIC = ['0', '1', '1.0', '1e2', '100', '5', '-5', '+5', '.5', '5.', '0x10', ' 5', 'Infinity', 'NaN', '429', '00000429']
const BOOLEANS = ['true', 'True', 'FALSE', 'false', 'null', 'yes']
// biome-ignore format: a table
const ADDRESSES = [
  '192.0.2.7', '198.51.100.200', '192.0.2.007', '::1', '2001:db8::7', '2001:DB8:0:0::1', '::ffff:192.0.2.7', 'fe80::1%eth0',
  'AWS Internal', '192.0.2.7:443', '[::1]:443', '1.2.3', '::', '1::2::3',
]
// biome-ignore format: a table
const TIMES = [
  '2024-01-01T03:10:00Z', '2024-12-30 23:59:00', '2021-01-03', '2020-12-31T00:05:00+05:00', '0001-01-01T00:00:00Z',
  '2024-13-45T99:99', '2024-02-29T05', 'on 2024-01-01',
]
// As numbers of a rule, integers beyond 2^53 are left out: their digits are not in the parsed event.
const NUMBERS = [0, -0, 1, -1, 5, 1.5, 100, 1e2, 1e21, 1e-7, 429, 0.1, -5]
/** As rules write them, and neighbours that are the same double. */
const BIG_INTEGERS = ['9007199254740992', '9007199254740993', '-9007199254740993', '12345678901234567890']
const BIG_VALUES = [
  ...BIG_INTEGERS,
  '+9007199254740993',
  '9007199254740993.0',
  '12345678901234567891',
  2 ** 53,
]
// biome-ignore format: a table
const REGEXES = [
  'b.d', '^a', 'b$', '^$', 'a|b', '[0-9]+', '\\d{2}', 'foo', '(?:f)oo', 'line.break', '^break$',
  '\\\\', '(a+)+$', '.', '"a":1',
]
// biome-ignore format: a table
const NETWORKS = [
  '192.0.2.0/24', '198.51.100.128/25', '0.0.0.0/0', '::/0', '2001:db8::/32', '::1/128',
  '192.0.2.7/32', '::ffff:0:0/96',
]

const oneOf = <T>(values: readonly T[]) => fc.constantFrom(...values)

// A lone surrogate cannot be written in a rule file of valid UTF-8, so only events have them.
const lone = oneOf(['\ud83d', 'a\ude00', '\ud83d\ud83d\ude00'])
const text = fc.oneof(
  { weight: 4, arbitrary: oneOf(WORDS) },
  { weight: 2, arbitrary: oneOf(NUMERIC) },
  { weight: 2, arbitrary: oneOf(BOOLEANS) },
  { weight: 3, arbitrary: oneOf(ADDRESSES) },
  { weight: 3, arbitrary: oneOf(TIMES) },
  { weight: 1, arbitrary: anyText(4) },
)
const scalar = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 1, arbitrary: lone },
  { weight: 3, arbitrary: oneOf(NUMBERS) },
  { weight: 2, arbitrary: oneOf([null, true, false]) },
)

const { json } = fc.letrec<{ json: Json }>(tie => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 6, arbitrary: scalar },
    { weight: 2, arbitrary: fc.array(tie('json'), { maxLength: 3 }) },
    { weight: 3, arbitrary: objectOf(tie('json')) },
  ),
}))
const event = objectOf(json)

/**
 * Events as `JSON.parse` gives them, for these conditions: half of them hold, under a field that a test reads,
 * a value of the kind that it is about.
 */
export function eventsFor(plans: readonly Expr[]): fc.Arbitrary<readonly JsonObject[]> {
  const leaves = plans.flatMap(leavesOf).filter(found => 'of' in found)
  const aimed = leaves.map(found => {
    const fields = found.kind === 'same' ? [found.of, found.other] : [found.of]
    const values = fc.tuple(...fields.map(() => valueFor(found)))
    return fc.tuple(event, values).map(([base, chosen]) => withFields(base, fields, chosen))
  })
  const either = aimed.length === 0 ? event : fc.oneof(event, fc.oneof(...aimed))
  return fc.array(either, { minLength: 1, maxLength: 8 })
}

function leavesOf(where: Expr): readonly Leaf[] {
  if (where.kind === 'and' || where.kind === 'or') return where.of.flatMap(leavesOf)
  return where.kind === 'not' ? leavesOf(where.of) : [where]
}

function valueFor(found: Leaf): fc.Arbitrary<Json> {
  const pool: Partial<Record<Leaf['kind'], readonly Json[]>> = {
    match: WORDS,
    regex: WORDS,
    number: found.kind === 'number' ? [found.value, found.text, ...NUMERIC] : [],
    boolean: [...BOOLEANS, true, false],
    compare: 'part' in found ? TIMES : [...NUMERIC, ...NUMBERS, ...BIG_VALUES],
    cidr: ADDRESSES,
    same: ['', 'a', 'A', 'b', 'ab', 'AB', 'bA', 'İ', 1, 12, true, 'true', null],
  }
  const value = oneOf(pool[found.kind] ?? [null, '', 0, ...WORDS])
  return fc.oneof(
    { weight: 3, arbitrary: value },
    { weight: 1, arbitrary: fc.array(value, { maxLength: 3 }) },
    { weight: 1, arbitrary: json },
  )
}

function withFields(base: JsonObject, fields: readonly Field[], values: readonly Json[]): JsonObject {
  const members = fields.map(({ name }, place) => `${JSON.stringify(name)}:${JSON.stringify(values[place])}`)
  const others = Object.entries(base).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
  return JSON.parse(`{${[...others, ...members].join(',')}}`) as JsonObject
}

/** Through JSON text, so that `__proto__` is a key like any other. */
function objectOf(value: fc.Arbitrary<Json>): fc.Arbitrary<JsonObject> {
  return fc
    .array(fc.tuple(oneOf(KEYS), value), { minLength: 1, maxLength: 5 })
    .map(
      members =>
        JSON.parse(
          `{${members.map(([key, inner]) => `${JSON.stringify(key)}:${JSON.stringify(inner)}`).join(',')}}`,
        ) as JsonObject,
    )
}

const of: fc.Arbitrary<Field> = oneOf(NAMES).map(name => field(name))
const pattern: fc.Arbitrary<Pattern> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: text.filter(isWellFormed) },
    { weight: 2, arbitrary: fc.constant(any) },
    { weight: 1, arbitrary: fc.constant(one) },
  ),
  { maxLength: 4 },
)
const caseless = fc.boolean()
const regex = fc.record({ source: oneOf(REGEXES), caseless, multiline: fc.boolean(), dotall: fc.boolean() })

function isWellFormed(value: string): boolean {
  return !/[\ud800-\udfff]/u.test(value)
}

/** Any single test. */
export const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('match' as const), of, pattern, caseless }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('match' as const),
      of,
      pattern: text.filter(isWellFormed).map(whole => [whole]),
      caseless: fc.constant(true),
    }),
  },
  fc.record({ kind: fc.constant('regex' as const), of, regex }),
  oneOf(NUMBERS.filter(value => value < 2 ** 53)).chain(value =>
    fc.record({
      kind: fc.constant('number' as const),
      of,
      value: fc.constant(value),
      text: oneOf([String(value), '1.0', '00000429', '1e2']),
    }),
  ),
  fc.record({ kind: fc.constant('boolean' as const), of, value: fc.boolean() }),
  fc.record({ kind: fc.constant('null' as const), of }),
  fc.record({ kind: fc.constant('exists' as const), of }),
  fc.record({
    kind: fc.constant('compare' as const),
    of,
    order: oneOf(['lt', 'lte', 'gt', 'gte', 'eq'] as const),
    value: oneOf(NUMBERS),
  }),
  fc
    .record({
      kind: fc.constant('compare' as const),
      of,
      order: oneOf(['lt', 'lte', 'gt', 'gte', 'eq'] as const),
      digits: oneOf(BIG_INTEGERS),
    })
    .map(leaf => ({ ...leaf, value: Number(leaf.digits) })),
  fc.record({
    kind: fc.constant('compare' as const),
    of,
    order: oneOf(['lt', 'lte', 'gt', 'gte', 'eq'] as const),
    value: fc.oneof(fc.nat(60), oneOf([2024, 1, 53])),
    part: oneOf(['minute', 'hour', 'day', 'week', 'month', 'year'] as const),
  }),
  fc.record({
    kind: fc.constant('cidr' as const),
    of,
    network: oneOf(NETWORKS).map(network => ({ text: network })),
  }),
  fc.record({
    kind: fc.constant('same' as const),
    of,
    other: of,
    how: oneOf(['equals', 'startswith', 'endswith', 'contains'] as const),
    caseless,
  }),
  fc.record({ kind: fc.constant('keyword' as const), pattern, caseless }),
  fc.record({ kind: fc.constant('keyword' as const), pattern: fc.constant([]), caseless, regex }),
  fc.record({ kind: fc.constant('constant' as const), value: fc.boolean() }),
)

/** Any condition that a front end could make. */
export const { expr } = fc.letrec<{ expr: Expr }>(tie => ({
  expr: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: leaf },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: oneOf(['and', 'or'] as const),
        of: fc.array(tie('expr'), { maxLength: 4 }),
      }),
    },
    { weight: 1, arbitrary: tie('expr').map(inner => ({ kind: 'not' as const, of: inner })) },
  ),
}))
