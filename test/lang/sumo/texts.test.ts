import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSumo } from '../../../src/lang/sumo/parse.ts'
import { printSumo } from '../../../src/lang/sumo/print.ts'
import { sumoSearch } from '../../../src/lang/sumo/search.ts'

/** Queries that are printed as they are read; what differs in writing only is one of them. */
const SAME: readonly (readonly [string, string])[] = [
  ['error  AND (a OR b) NOT c', 'error (a or b) !c'],
  ['a or b c', 'a or b c'],
  ['_sourceCategory = prod/* "two  words" %"x-y"=z', '_sourceCategory=prod/* "two  words" %"x-y"=z'],
  ['"type":"user" https://example.com/a', '"type":"user" https://example.com/a'],
  ['* | WHERE a==1 and b<>2 or !c', '*\n| where ((a = 1) and (b != 2)) or (!c)'],
  ['* | where a matches /x|y/ | count', '*\n| where a matches /x|y/\n| count'],
  ['* | where !(a in ("x","y")) | count a, b', '*\n| where !(a in ("x", "y"))\n| count by a, b'],
  ['* | a ? "x" : "y" as b', '*\n| if(a, "x", "y") as b'],
  ['* | total / 2 as half', '*\n| total / 2 as half'],
  ['* | extract "(?<a>.)" nodrop', '*\n| parse regex "(?<a>.)" nodrop'],
  ['* | parse "a=*" as a, "b=*,*" as b, c nodrop', '*\n| parse "a=*" as a, "b=*,*" as b, c nodrop'],
  ['* | json field=x "a", "b" as c, d nodrop', '*\n| json field=x "a", "b" as c, d nodrop'],
  ['* | json "a" as b, "c"', '*\n| json "a" as b, "c"'],
  ['* | json field=x auto maxdepth 2 keys "a" as b', '*\n| json auto field=x maxdepth 2 keys "a" as b'],
  ['* | csv _raw extract 1 as a, b', '*\n| csv _raw extract 1 as a, 2 as b'],
  ['* | kv regex "=(.*?) " keys "a" as b', '*\n| keyvalue regex "=(.*?) " keys "a" as b'],
  [
    '* | timeslice by 5m as t | count as n, sum (x) as y group by t',
    '*\n| timeslice 5m as t\n| count as n, sum(x) as y by t',
  ],
  ['* | sort -a, +b, c asc', '*\n| sort by a desc, b asc, c asc'],
  [
    '* | top 3 a by n | topk (1, n) by a | fields - b',
    '*\n| top 3 a by n desc\n| topk(1, n) by a\n| fields - b',
  ],
  ['* | transpose row a column b as *', '*\n| transpose row a column b'],
  ['* | lookup * from path://"/x y" on a=b', '*\n| lookup * from "path:///x y" on a=b'],
  ['* | fillmissing timeslice (1h), values all in a', '*\n| fillmissing timeslice(1h), values all in a'],
  ['* | outlier n window=5,threshold=3 by a', '*\n| outlier n window=5, threshold=3 by a'],
  ['* | compare with timeshift -1d 3 avg as x', '*\n| compare timeshift -1d 3 avg as x'],
  ['* | accum n as m by a | backshift a, 2', '*\n| accum n as m by a\n| backshift a, 2'],
  [
    '* | join (where a) as x, (b | count) as y on x.a=y.b timewindow 5m',
    '*\n| join (where a) as x, (b | count) as y on x.a = y.b timewindow 5m',
  ],
  [
    '* | transactionize a (merge b takefirst, c join with ",")',
    '*\n| transactionize a (merge b takeFirst, c join with ",")',
  ],
  ['* | sessionize ("a * b") as (c), "d $c *" as (e)', '*\n| sessionize "a * b" as (c), "d $c *" as (e)'],
  [
    '* | transaction by a fringe=5m with states x as y, z in f results by flow showing max(n) as m, sum(n) for y',
    '*\n| transaction on a fringe=5m with "x" in f as y, "z" in f as z results by flow showing max(n) as m, sum(n) for y',
  ],
  ['* | transactionize a, b as g keepOrphans=true', '*\n| transactionize a, b as g keeporphans=true'],
  ['* | predict n by 1m forecast=5', '*\n| predict n by 1m forecast=5'],
  ['* | logreduce (m) by a limit=3', '*\n| logreduce(m) by a limit=3'],
  ['* | summarize field=m optimize', '*\n| logreduce(m)'],
  ['* | logreduce values on a, b output_threshold 5', '*\n| logreduce values on a, b'],
  ['* | logcompare timeshift -1d baseline (a b)', '*\n| logcompare timeshift -1d baseline (a b)'],
  [
    '* | fillmissing values("a") in b with 0 for c, "x" for d',
    '*\n| fillmissing values("a") in b with "0" for c, with "x" for d',
  ],
  ['* | json keys "a", "b" as (c, d)', '*\n| json "a", "b" as c, d'],
  ['* | threatlookup singleIndicator a, b', '*\n| threatlookup singleIndicator a, b'],
  ['* | threatip a', '*\n| threatip a'],
  ['* | threatlookup source="own" a', '*\n| threatlookup source=own a'],
  ['* | geoip ip region, continent', '*\n| geoip ip region, continent'],
  ['* | trace - "id=(.)" "x"', '*\n| trace - "id=(.)" "x"'],
  ['* | filter a, b in (count by a, b)', '*\n| filter a, b in (count by a, b)'],
  ['* | merge', '*\n| merge'],
  ['* | merge a takeFirst as b, c join with "+" as d', '*\n| merge a takeFirst as b, c join with "+" as d'],
  [
    '* | transactionize a as g maxSpan = 5m, startsWith="x";strict endswith="y" (merge b)',
    '*\n| transactionize a as g maxspan=5m startswith="x";strict endswith="y" (merge b)',
  ],
  ['* | extract "a=(?<a>.)",regex "b=(?<b>.)" nodrop', '*\n| parse regex "a=(?<a>.)", "b=(?<b>.)" nodrop'],
  [
    '* | where [subquery from=(-15m) to=(2018/07/08 23:13:36):a | compose b maxresults=5]',
    '*\n| where [subquery from=(-15m) to=(2018/07/08 23:13:36): a | compose b maxresults=5]',
  ],
  ['[subquery from=(-15m):a | compose b keywords] c', '[subquery from=(-15m): a | compose b keywords] c'],
  ['cat path://"/x y" | limit 1', 'cat path://"/x y"\n| limit 1'],
  [
    '* | where lookupContains(path://"/x", a=b AND c=d)',
    '*\n| where lookupContains("path:///x", (a = b) and (c = d))',
  ],
  ['* | kv auto delim ":" keys "a" refonly', '*\n| keyvalue auto delim=":" keys "a" refonly'],
  ['* | transpose row a column b as c, d, *', '*\n| transpose row a column b as c, d, *'],
  ['* | topk(2, a, b)', '*\n| topk(2, a, b)'],
  ['* | count_frequent(a, b)', '*\n| count_frequent by a, b'],
  ['* | max(a, 2) as b', '*\n| max(a, 2) as b'],
  [
    '* | fillmissing timeslice(1h) in t, values all in a takelast',
    '*\n| fillmissing timeslice(1h) in t, values all in a takelast',
  ],
  ['{{scope}} | limit {{n}} | where a < {{m}}', '{{scope}}\n| limit {{n}}\n| where a < {{m}}'],
]

describe('a query', () => {
  test.each(SAME)('%s', (query, printed) => {
    const { query: tree, problems } = parseSumo(query)
    expect(problems).toEqual([])
    expect(printSumo(tree)).toBe(printed)
    expect(printSumo(parseSumo(printed).query)).toBe(printed)
  })
})

describe('the reader', () => {
  const pieces = fc.constantFrom(
    ...'| || ( ) [subquery: ] " \\" \' , = != < {{p}} {{ %"n" % /x/ // /* */ \n * ! - + ? : a 1h 2k where parse regex json auto count by sort as nodrop in matches if( not and or lookup from join fields'.split(
      ' ',
    ),
  )
  test('never fails, whatever it reads', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), words => {
        const query = words.join(' ')
        const { query: tree, problems } = parseSumo(query)
        for (const { at } of problems) {
          if (at !== undefined) expect(at.start <= at.end && at.end <= query.length + 1).toBe(true)
        }
        printSumo(tree)
        sumoSearch(query)
      }),
      { numRuns: Number(process.env['RUNS'] ?? 200) },
    )
  })

  test.each([
    ['parentheses', `* | where ${'('.repeat(5000)}a${')'.repeat(5000)}`],
    ['negations', `* | where ${'not '.repeat(5000)}a`],
    ['operators', `* | where a${' or b'.repeat(50_000)}`],
    ['sums', `* | 1${' + 1'.repeat(50_000)} as a`],
    ['lists', `* | where a in (${'1, '.repeat(50_000)} 1)`],
    ['words', 'a '.repeat(50_000)],
    ['alternatives', `a${' or b'.repeat(40_000)}`],
    ['a scope', `${'('.repeat(5000)}a${')'.repeat(5000)}`],
    ['stages', `*${'| count '.repeat(5000)}`],
    ['subqueries', `${'[subquery: '.repeat(50)}a${']'.repeat(50)}`],
    ['length', 'a '.repeat(200_000)],
  ])('has a limit for %s', (_, query) => {
    const codes = parseSumo(query).problems.map(({ code }) => code)
    expect(codes.length).toBeGreaterThan(0)
    expect(codes.length).toBeLessThan(200)
  })

  test.each([
    ['comments', `* | parse regex "a"${'//a'.repeat(5000)}\n x "`],
    ['other comments', `* | parse regex "a"${'/*a*/'.repeat(5000)} x "`],
    ['open comments', ' /* '.repeat(10_000)],
    ['open regular expressions', '(/ '.repeat(60_000)],
    ['open parameters', '{{'.repeat(100_000)],
    ['open quotes', `* | parse regex ${'" ( '.repeat(20_000)}`],
    ['quotes', `* | parse regex "(${'"'.repeat(20_000)}`],
  ])('does not take long for many %s', (_, query) => {
    expect(parseSumo(query).query.stages.length).toBeGreaterThanOrEqual(0)
  })

  test('long chains and lists are fine', () => {
    const chain = Array.from({ length: 1500 }, (_, place) => `a = "x${place}"`).join(' or ')
    const list = Array.from({ length: 5000 }, (_, place) => `"x${place}"`).join(', ')
    expect(sumoSearch(`* | where ${chain} | where b in (${list})`).problems).toEqual([])
  })

  test('fields may be called as what every object has', () => {
    const query = '* | count by constructor, __proto__ | where toString = 1'
    expect(parseSumo(query).problems).toEqual([])
    const read = sumoSearch('* | __proto__(1) as a')
    expect(read.problems.map(({ code }) => code)).toEqual(['sumo/unknown-function'])
  })
})
