import { type Html, html } from '../../core/html.ts'
import { LEVELS } from '../../core/level.ts'
import { counted, thousands } from '../../core/quantity.ts'
import type { FindingHead } from '../../findings/finding-list.ts'
import { levelCounts } from '../report.ts'
import { type Bucket, type Buckets, buckets } from './buckets.ts'

const DAY = 86_400_000
/** The drawing is this high, and each bar with its gap this wide; the page stretches it. */
const HEIGHT = 100
const WIDTH = 10
const WORST_FIRST = [...LEVELS].reverse()

/** Bars over time, stacked by level, the most serious at the foot. Words and numbers stand outside the drawing, so they keep their size. */
export function histogram(findings: readonly FindingHead[]): Html {
  const spans = buckets(findings)
  if (spans.list.length === 0) return html``
  const top = niceTop(Math.max(...spans.list.map(total)))
  const width = spans.list.length * WIDTH
  return html`<figure class="card">
<figcaption><span>${caption(spans)}</span>${key(findings)}</figcaption>
<div class="plot">
<div class="scale" aria-hidden="true"><span>${thousands(top)}</span><span>${top > 1 ? thousands(top / 2) : ''}</span><span>0</span></div>
<svg viewBox="0 0 ${width} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${spoken(spans, findings)}">
${[0, 0.5, 1].map(part => html`<line x1="0" x2="${width}" y1="${part * HEIGHT}" y2="${part * HEIGHT}"/>`)}
${spans.list.map((bucket, index) => bar(bucket, index, top))}
</svg>
<svg class="ticks" aria-hidden="true">${ticks(spans)}</svg>
</div>
</figure>
`
}

function bar(bucket: Bucket, index: number, top: number): Html | undefined {
  const count = total(bucket)
  if (count === 0) return undefined
  let foot = HEIGHT
  const parts = WORST_FIRST.filter(level => bucket.counts[level] > 0).map(level => {
    const height = (bucket.counts[level] / top) * HEIGHT
    foot -= height
    return html`<rect class="${level}" x="${index * WIDTH + 1}" y="${rounded(foot)}" width="${WIDTH - 2}" height="${rounded(height)}"/>`
  })
  const told = WORST_FIRST.filter(level => bucket.counts[level] > 0).map(
    level => `${thousands(bucket.counts[level])} ${level}`,
  )
  return html`<g><title>${utc(bucket.start)}: ${told.join(', ')}</title><rect class="hover" x="${index * WIDTH}" y="0" width="${WIDTH}" height="${HEIGHT}"/>${parts}</g>`
}

function caption({ step, untimed }: Buckets): string {
  const missing = untimed === 0 ? '' : ` ${counted(untimed, 'finding')} without a time not drawn.`
  return `Findings by the time of their first event, UTC. A bar is ${step.name}.${missing}`
}

function spoken({ list }: Buckets, findings: readonly FindingHead[]): string {
  const most = list.reduce((a, b) => (total(b) > total(a) ? b : a))
  return `${counted(findings.length, 'finding')} over time; the highest bar, at ${utc(most.start)}, has ${thousands(total(most))}`
}

function key(findings: readonly FindingHead[]): Html {
  const counts = levelCounts(findings)
  const present = WORST_FIRST.filter(level => counts[level] > 0)
  return html`<span class="key">${present.map(level => html`<span><i class="${level}"></i>${level}</span>`)}</span>`
}

const HOUR = DAY / 24
/** Times between which people find others with ease. */
const ROUND = [HOUR / 12, HOUR / 4, HOUR / 2, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 7 * DAY, 28 * DAY]
const MOST_TICKS = 5

/** Round times if there are fitting ones, at most five, each where its bar begins; none so near the end that its text has no room. */
function ticks({ list, step }: Buckets): readonly Html[] {
  const start = list[0]?.start ?? 0
  const range = list.length * step.length
  const fits = (length: number): boolean => length % step.length === 0 && range / length <= MOST_TICKS
  const round = ROUND.find(fits)
  const every = round ?? Math.ceil(list.length / 4) * step.length
  const text = every < DAY ? utc : (time: number) => utc(time).split(' ', 1).join()
  const found: Html[] = []
  const first = round === undefined ? start : Math.ceil(start / every) * every
  for (let time = first; time < start + range * (7 / 8); time += every) {
    const place = `${rounded(((time - start) / range) * 100)}%`
    found.push(
      html`<g><line x1="${place}" x2="${place}" y1="0" y2="20"/><text x="${place}" dx="6" y="16">${text(time)}</text></g>`,
    )
  }
  return found
}

/** `2024-05-01 10:00` */
function utc(time: number): string {
  const date = new Date(time)
  if (Number.isNaN(date.getTime())) return ''
  const [day = '', clock = ''] = date.toISOString().split('T')
  return `${day} ${clock.slice(0, 5)}`
}

function total({ counts }: Bucket): number {
  return LEVELS.reduce((sum, level) => sum + counts[level], 0)
}

/** The smallest of 1, 2, 4, 10, 20, 40, 100 … that is not less: its half is a whole number too. */
function niceTop(most: number): number {
  let power = 1
  while (most > 4 * power) power *= 10
  return [1, 2, 4].map(factor => factor * power).find(top => top >= most) ?? power
}

function rounded(number: number): number {
  return Math.round(number * 100) / 100
}
