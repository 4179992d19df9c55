import { counted } from '../core/quantity.ts'
import { isoTime } from '../core/time.ts'
import type { Summary } from '../findings/summary.ts'
import type { Paint } from './levels.ts'
import { timeText } from './report.ts'

const BLOCKS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const
/** Lines of text that the bars are high. */
const HEIGHT = 4
const WIDEST = 3

/** Events over time as bars that stand side by side, with what the highest one has and when they begin and end. */
export function overTimeLines({ over_time }: Summary, columns: number, paint: Paint): readonly string[] {
  const { step, step_name, spans, without_time } = over_time
  const [first] = spans
  const last = spans.at(-1)
  if (first === undefined || last === undefined) return []
  const start = Date.parse(first.start)
  const heights = new Array<number>((Date.parse(last.start) - start) / step + 1).fill(0)
  for (const span of spans) heights[(Date.parse(span.start) - start) / step] = span.events
  const most = Math.max(...heights)
  const width = Math.max(1, Math.min(WIDEST, Math.floor(columns / heights.length)))
  const untimed = without_time === 0 ? '' : `; ${counted(without_time, 'event')} without a time`
  return [
    '',
    `${paint.bold('over time')}${paint.dim(` · a bar is ${step_name}, the highest ${counted(most, 'event')}${untimed}`)}`,
    ...bars(heights, most).map(line =>
      [...line]
        .map(block => block.repeat(width))
        .join('')
        .trimEnd(),
    ),
    paint.dim(`${timeText(first.start)} to ${timeText(isoTime(Date.parse(last.start) + step))}`),
  ]
}

/** From the top line down. Whatever is not nothing is at least the lowest block. */
function bars(heights: readonly number[], most: number): readonly string[] {
  const levels = heights.map(height =>
    height === 0 ? 0 : Math.max(1, Math.round((height / most) * HEIGHT * 8)),
  )
  return Array.from({ length: HEIGHT }, (_, line) => {
    const below = (HEIGHT - 1 - line) * 8
    return levels.map(level => BLOCKS[Math.max(0, Math.min(8, level - below))] ?? ' ').join('')
  })
}
