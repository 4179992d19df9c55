import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JsonObject } from '../../../src/core/json.ts'
import { findFunction, functionNames } from '../../../src/lang/spl/lower/functions/index.ts'
import { splSearch } from '../../../src/lang/spl/search.ts'
import { Refusal } from '../../../src/plan/lowering.ts'
import { SearchBench } from '../../search-harness.ts'

/** `RUNS=2000` tries more. */
const runs = Number(process.env['RUNS'] ?? 15)

let bench: SearchBench
beforeAll(async () => {
  bench = await SearchBench.open()
})
afterAll(() => bench.close())

const EVENTS: readonly JsonObject[] = [
  {
    _time: 1_700_000_000,
    n: 10,
    w: 'word',
    l: ['a', 'b', '3'],
    j: '{"a":{"b":[1]}}',
    e: '',
    ip: '192.0.2.1',
  },
  { _time: 1_700_000_100.5, n: '-1.5', w: "o'b\\", l: [{ k: 1 }, { k: null }], j: '[', ip: '2001:db8::1' },
  { _time: 1_700_009_999, w: 'İ%_\n', n: 'x', l: [], o: { a: true } },
]

const leaf = fc.constantFrom(
  'n',
  'w',
  "'l{}'",
  "'l{}.k'",
  'j',
  'e',
  'ip',
  '_time',
  'nofield',
  '1',
  '-2.5',
  '"x"',
  '"5"',
  '"%Y"',
  'now()',
  'null()',
  'true()',
  '"a{}.b"',
)
const binary = fc.constantFrom('+', '-', '*', '/', '%', '.', '=', '!=', '<', '>=', 'AND', 'OR', 'XOR')

const { expression } = fc.letrec<{ expression: string }>(tie => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .tuple(tie('expression'), binary, tie('expression'))
      .map(([left, op, right]) => `(${left} ${op} ${right})`),
    tie('expression').map(inner => `NOT (${inner})`),
    fc
      .tuple(fc.constantFrom(...functionNames), fc.array(tie('expression'), { minLength: 6, maxLength: 6 }))
      .map(([name, args]) => {
        const { least = 0, most = 0 } = findFunction(name) ?? {}
        const even = name === 'case' || name === 'validate' || name === 'json_object'
        return `${name}(${args.slice(0, even ? 4 : Math.max(least, Math.min(most, 3))).join(', ')})`
      }),
  ),
}))

/** Runs it, or is told why not: anything else is a bug. */
async function tried(search: string): Promise<void> {
  const parsed = splSearch(search)
  if (!parsed.ok) return
  try {
    await bench.run(parsed.value, 'splunk', EVENTS)
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw new Error(search, { cause: thrown })
  }
}

test('whatever an expression is made of, it runs or is refused', async () => {
  await fc.assert(
    fc.asyncProperty(expression, async value =>
      tried(`* | eval r=${value} | where r=r OR isnull(r) | table r`),
    ),
    { numRuns: runs },
  )
}, 600_000)

const STAGES = [
  'eval w=upper(w), n=n+1',
  "stats count values(w) as w sum(n) as n by 'l{}'",
  'stats count dc(w) as n latest(w) as w',
  'eventstats avg(n) as n values(l{}) as w by w',
  'streamstats window=2 sum(n) as n last(w) as w',
  'streamstats current=f count first(l{}) as n by w',
  'fillnull',
  'fillnull value=x w n',
  'bin n span=5',
  'bin _time span=1h',
  'bin n',
  'sort -n, w',
  'dedup w',
  'head 2',
  'tail 1',
  'reverse',
  'rex field=w max_match=0 "(?<n>.)"',
  'spath input=j',
  'spath input=j path=a.b{} output=w',
  'mvexpand l{}',
  'makemv delim="," w',
  'rename l{}.* as *',
  'rename w as n, n as w',
  'table w n l{}',
  'fields - n',
  'top limit=2 w by n',
  'rare limit=1 useother=t w n by ip',
  'streamstats time_window=5m count sum(n) as s by w',
  'streamstats window=2 current=f count avg(n) as n by w',
  'streamstats reset_after="(n>5)" reset_on_change=t count by w',
  'chart count avg(n) over w by n where max in top2',
  'timechart span=1h limit=bottom1 avg(n) by w where sum>1 useother=f',
  'timechart eval(sum(n)/count) as r by w',
  'map maxsearches=3 search="search w=$w$ | stats count as n"',
  'set diff [search n=10 | fields w] [search * | table w]',
  'datamodel Authentication Failed_Authentication search',
  'from datamodel:Change',
  'tstats prestats=t append=t count where w=* by w',
  'autoregress n p=1-2',
  'trendline sma2(n) wma3(n) as t',
  'makecontinuous _time span=1h',
  'gentimes start=-2',
  'rangemap field=n low=0-5 high=3-20',
  'setfields w="x"',
  'fieldformat n=tostring(n,"commas")',
  'eval {w}=n',
  'eval n=[search * | stats max(n) as m | return $m]',
  'where w IN ([search * | fields w])',
  'format',
  'chart count over w by n',
  'timechart count by w',
  'append [search * | head 1]',
  'appendpipe [stats count by w]',
  'multireport [stats count by w] [where w=1]',
  'appendcols [search * | fields n]',
  'join type=left w [search * | table w ip]',
  'transaction w maxspan=1m',
  'anomalydetection w n',
  'anomalydetection action=annotate',
  'foreach n w [eval <<FIELD>>=<<FIELD>>."!"]',
  'convert ctime(_time) num(n)',
  'addtotals col=t',
  'transpose',
  'untable w a b',
  'replace "w*" with "x*"',
  'accum n',
  'delta n as w',
  'uniq',
  'filldown',
  'regex w="o"',
  'mvcombine w',
  'nomv l{}',
  'where n>1 OR like(w,"w%")',
  'search w=w* NOT n=5 word',
  'search [search * | head 1 | fields w]',
  'outputlookup t append=t | inputlookup t',
  'outputlookup key_field=w override_if_empty=f t | inputlookup t',
  'extract mv_add=t',
  'selfjoin max=2 keepsingle=t w',
  'contingency w n',
  'cofilter w l{}',
  'fieldsummary maxvals=2',
  'concurrency duration=n',
  'outlier n',
  'outlier action=rm uselower=t',
  'tojson',
  'xpath field=w outfield=x "//a[@b=1]/text()"',
  'timewrap 1d',
  'trendline ema3(n) as t',
  'join left=L right=R type=left where L.w=R.w [search * | fields w n]',
  'foreach mode=multivalue l{} [eval n=n+<<ITEM>>, x="<<ITEM>>"]',
  'foreach mode=auto_collections j [eval n=<<ITER>>]',
  'eval r=random()%3, h=sha512(w)',
  'where random()>n',
  'eventcount',
  'metadata type=hosts',
  'highlight w',
  'xmlunescape',
  'xmlkv w',
  'stats median(n) as n stdev(n) as s min(w) as w max(l{}) as l',
  'bin _time span=3mon',
  'bin _time span=100ms',
  'eval n=strptime(w,"%H:%M %Z"), w=strftime(_time,"%e %k %9N %E")',
  'eval j=json_set(j,"a.b{0}",w,"c",n), k=json_entries(j), d=json_delete(j,"a")',
  'transaction w ip keeporphans=t mvlist=t',
]

test('whatever stages follow each other, they run or are refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...STAGES), { minLength: 1, maxLength: 5 }), async stages =>
      tried(`* | ${stages.join(' | ')}`),
    ),
    { numRuns: runs },
  )
}, 600_000)

test('a search may be run where there are no events', async () => {
  for (const stage of STAGES) {
    const parsed = splSearch(`* | ${stage}`)
    expect(parsed.problems).toEqual([])
    if (parsed.ok) await bench.run(parsed.value, 'splunk', [])
  }
})
