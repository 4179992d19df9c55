import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSpl } from '../../../src/lang/spl/parse.ts'
import { printSpl } from '../../../src/lang/spl/print.ts'
import { printExpression } from '../../../src/lang/spl/syntax/print-expression.ts'
import { withoutPlaces } from './places.ts'

const name = fc.constantFrom('a', 'user', 'x_1', 'order', 'inside')
const quotedName = fc.constantFrom('a.b', 'items{}.k', "it's", 'two words', 'a-b')
const text = fc.string({ unit: fc.constantFrom(...'ab"\\|[]`*,= ()$\'<>é.'), maxLength: 8 })
const BINARY = ['+', '-', '*', '/', '%', '.', '=', '!=', '<', '<=', '>', '>=', 'LIKE', 'AND', 'OR', 'XOR']

const { expression } = fc.letrec<{ expression: string; atom: string }>(tie => ({
  atom: fc.oneof(
    name,
    quotedName.map(value => `'${value.replaceAll("'", "\\'")}'`),
    text.map(quoted),
    fc.nat(1000).map(String),
    fc.constantFrom('1.5', '.5', '1e3', 'now()', 'true()'),
  ),
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('atom'),
    fc.tuple(tie('expression'), fc.constantFrom(...BINARY), tie('expression')).map(parts => parts.join(' ')),
    tie('expression').map(inner => `(${inner})`),
    tie('expression').map(inner => `not ${inner}`),
    tie('expression').map(inner => `- ${inner}`),
    fc.tuple(tie('expression'), tie('expression')).map(([first, second]) => `if(${first}, ${second}, 1)`),
    fc.tuple(tie('atom'), tie('atom')).map(([of, value]) => `${of} IN (${value}, "z")`),
  ),
}))

const { term } = fc.letrec<{ term: string; atom: string }>(tie => ({
  atom: fc.oneof(
    fc
      .tuple(name, fc.constantFrom('=', '!=', '<', '>=', ' = '), text.map(quoted))
      .map(parts => parts.join('')),
    fc.tuple(quotedName.map(quoted), text.map(quoted)).map(parts => parts.join('=')),
    name.map(field => `${field} IN (a, "b c*", 10.0.0.0/8)`),
    text.filter(value => value !== '').map(quoted),
    fc.constantFrom(
      'word',
      'wi*d',
      '\\"quoted\\"',
      'or',
      'a\\(b',
      'TERM(10.0.0.1)',
      'CASE(Ab)',
      '[search x=1 | fields x]',
    ),
  ),
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('atom'),
    fc.tuple(tie('term'), fc.constantFrom(' ', ' OR ', ' AND '), tie('term')).map(parts => parts.join('')),
    tie('term').map(inner => `(${inner})`),
    tie('term').map(inner => `NOT ${inner}`),
  ),
}))

const STAGES = [
  'stats count, values(a.*) as * dc(x) as "two words" by user order',
  'stats allnum=true sum(eval(if(x>1,1,0))) perc95(a)',
  'eventstats avg(x) as m by a{}.b',
  'streamstats window=3 current=f reset_before=(a>1) count by a',
  'bin span=5m _time as t',
  'sort 0 - _time, +num(x) desc',
  'dedup 2 a, b keepempty=true sortby -x',
  'rename "a b" as c, d.* as *',
  'rex field=a max_match=0 "(?<x>\\"a\\"|b)"',
  'regex a!="^x|y"',
  'spath input=a output=b path=c{}.d',
  'lookup t a as b, c OUTPUTNEW d as e',
  'inputlookup append=t t where a=1 OR b=2',
  'makemv delim="," a',
  'convert timeformat="%Y" ctime(a) as b num(c)',
  'top limit=3 a, b by c showperc=f',
  'timechart span=1h limit=5 count, avg(x) by a useother=f',
  'chart count over a by b',
  'join type=left a, b max=0 [search x=1 | stats count by a, b]',
  "foreach stdev_* a [eval <<FIELD>>='avg_<<MATCHSTR>>' + 1]",
  'tstats summariesonly=false count from datamodel=Change.All_Changes where A.x=1 OR A.y=2 B.z=* by A.user _time span=1h',
  'transaction user startsWith=(op="a b" OR c) endsWith=eval(x > 1) maxspan=2m match=closest mvlist="a, b"',
  'anomalydetection "count" a action=annotate cutoff=false',
  'replace "a*" with b, c with "d e" in x y',
  'return 5 $a b=c',
  'multikv fields a b filter "x y" noheader=t',
  'strcat a "-" b c',
  'nosuchcommand x=1',
  'apply model',
  'head limit=5 (x < 3)',
  'transpose 5 header_field=a',
  'chart count over a by b where max(x) in top5 useother=f',
  'timechart span=1h eval(sum(x)/count) as r by a where avg > 10.5',
  'streamstats reset_after="(a==\\"b\\")" count',
  'map maxsearches=5 search="search user=$user$ | head 1"',
  'set diff [search a=1 | fields b] [search c=2 | fields b]',
  'datamodel Change All_Changes flat summariesonly=t',
  'from datamodel:Authentication.Failed_Authentication',
  'from lookup:t.csv',
  'autoregress x p=1-3',
  'autoregress x as y',
  'trendline sma5(a) as b wma2(c)',
  'makecontinuous _time span=1h',
  'gentimes start=-7 increment=1h',
  'rangemap field=a low=0-1.5 high=-3--1 default="no range"',
  'setfields a="b c", d="e"',
  'fieldformat a=tostring(a,"commas")',
  'addinfo',
  'format maxresults=5 "(" "[" "AND" "]" "OR" ")"',
  'eval a=[search x=1 | return $a]',
  'eval {a}_b=1',
  'join left=L right=R max=0 where L.a=R.b AND R.c = L.d [search x=1]',
  'selfjoin max=0 keepsingle=t a b',
  'contingency usetotal=f a b',
  'cofilter a "b c"',
  'fieldsummary maxvals=5 a b*',
  'concurrency duration=d start=s',
  'outlier action=rm param=1.5 a',
  'tojson num(a) str(b*) c output_field=d',
  'xpath field=a outfield=b "//Data[@Name=\'c\']"',
  'timewrap 2w series=short',
  'highlight a, b',
  'eventcount summarize=f index=*',
  'metadata type=hosts',
  'require',
  'xmlkv Message',
]

test('an expression is printed so that it reads the same', () => {
  fc.assert(
    fc.property(expression, source => {
      const first = where(source)
      const printed = printExpression(first)
      expect(withoutPlaces(where(printed))).toEqual(withoutPlaces(first))
    }),
    { numRuns: Number(process.env['RUNS'] ?? 150) },
  )
})

test('a search is printed so that it reads the same', () => {
  const stages = fc.array(
    fc.oneof(
      fc.constantFrom(...STAGES),
      expression.map(value => `where ${value}`),
    ),
    { maxLength: 4 },
  )
  fc.assert(
    fc.property(term, stages, (first, rest) => {
      const tree = parseSpl([first, ...rest].join(' | ')).search
      const printed = printSpl(tree)
      const again = parseSpl(printed).search
      expect(withoutPlaces(again)).toEqual(withoutPlaces(tree))
      expect(printSpl(again)).toBe(printed)
    }),
    { numRuns: Number(process.env['RUNS'] ?? 150) },
  )
})

test('whatever the text is, reading it ends and gives places inside of it', () => {
  const noise = fc.string({ unit: fc.constantFrom(...'ab =|"\\[]()`,*\n<>!.{}$\'-1'), maxLength: 60 })
  fc.assert(
    fc.property(
      fc.oneof(
        noise,
        fc.tuple(fc.constantFrom(...STAGES), noise).map(parts => `|${parts.join(' ')}`),
      ),
      source => {
        for (const { at } of parseSpl(source).problems) {
          expect(at === undefined || (at.start >= 0 && at.end <= Math.max(1, source.length + 1))).toBe(true)
        }
      },
    ),
    { numRuns: Number(process.env['RUNS'] ?? 200) },
  )
})

function where(source: string) {
  const { search, problems } = parseSpl(`x | where ${source}`)
  const stage = search.stages[1]
  if (stage?.kind !== 'where') throw new Error(`${source}: ${JSON.stringify(problems)}`)
  return stage.condition
}

function quoted(value: string): string {
  return `"${value.replaceAll(/["\\]/g, '\\$&')}"`
}
