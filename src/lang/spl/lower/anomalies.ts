import type { Lowering } from '../../../plan/lowering.ts'
import { filter, type Pipeline, select } from '../../../plan/pipeline.ts'
import type { Aggregate, Named } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { call, choose, column, compare, isNull, known, not, number, text } from '../../../plan/scalars.ts'
import { optionOf } from '../options.ts'
import type { Stages } from '../syntax/tree.ts'
import { ANOMALY, LOG, type Threshold, thresholdOf, withChances, withVerdict } from './anomaly-chances.ts'
import { type Measured, measured } from './anomaly-fields.ts'
import { type Context, refuse, shown } from './context.ts'
import { chosen } from './functions/conditions.ts'
import { withoutOutliers } from './outliers.ts'

type Stage = Stages['anomalydetection']

/**
 * Splunk's `anomalydetection`; `method=iqr` is what `outlier` does. Of histograms the rest. The chance of a row is the product of the frequencies of its
 * values; it is an anomaly if the logarithm of that lies below the first quartile by more than 1.5 times the
 * distance of the quartiles. What Splunk does not publish is a setting: `bins` (the rule for the width of bins),
 * `cap` (the part of rows that `cutoff=true` lets through), `missing`.
 */
export function* detected(stage: Stage, rows: Pipeline, context: Context): Lowering<Pipeline> {
  const method = optionOf(stage.options, 'method') ?? 'histogram'
  if (method === 'iqr') return yield* withoutOutliers(stage, rows, context)
  if (method !== 'histogram') {
    const help = 'how it counts is not published; there is histogram and iqr'
    return refuse(
      'spl/unsupported-option',
      'anomalydetection does not run method=zscore here',
      stage.at,
      help,
    )
  }
  const fields = yield* measured(stage, rows, context)
  if (fields.length === 0) return rows
  const likely = withChances(rows, fields)
  const threshold = yield* thresholdOf(stage, likely)
  const marked = withVerdict(likely, threshold, stage)
  return shownAs(stage, marked, rows, { fields, threshold })
}

interface Facts {
  readonly fields: readonly Measured[]
  readonly threshold: Threshold
}

function shownAs(stage: Stage, marked: Pipeline, rows: Pipeline, facts: Facts): Pipeline {
  const anomaly = column(ANOMALY, 'boolean')
  const action = optionOf(stage.options, 'action') ?? 'filter'
  if (action === 'summary') return summary(marked, anomaly, facts.threshold)
  const added = explanation(facts.fields, anomaly)
  const kept = shown(rows).filter(({ name }) => !added.some(other => other.name === name))
  const explained = select(marked, [...kept, ...added])
  switch (action) {
    case 'annotate':
      return explained
    case 'filter':
      return filter(explained, not(isNull(column('probable_cause', 'text'))))
    default:
      return refuse(
        'spl/unsupported-option',
        `anomalydetection does not know action=${action} for histograms`,
        stage.at,
      )
  }
}

/** The field whose value is the rarest explains the row; the first of them if there are several. */
function explanation(fields: readonly Measured[], anomaly: Scalar): readonly Named[] {
  const frequencies = fields.map(({ frequency }) => column(frequency, 'number'))
  const least = call('least', ...frequencies)
  const cause = chosen(
    fields.map(({ name, frequency }) => {
      return [known(compare('eq', column(frequency, 'number'), least, { how: 'number' })), text(name)]
    }),
  )
  return [
    { name: LOG, value: column(LOG, 'number') },
    { name: 'probable_cause', value: choose(anomaly, cause) },
    { name: 'probable_cause_freq', value: choose(anomaly, least) },
    { name: 'max_freq', value: choose(anomaly, call('greatest', ...frequencies)) },
  ]
}

function summary({ relation }: Pipeline, anomaly: Scalar, { value, low, high }: Threshold): Pipeline {
  const of = column(LOG, 'number')
  const aggregates: readonly Aggregate[] = [
    { name: 'num_anomalies', fn: 'count', of: choose(anomaly, number(1)), type: 'number' },
    { name: 'max_logprob', fn: 'max', of, type: 'number' },
    { name: 'min_logprob', fn: 'min', of, type: 'number' },
  ]
  const grouped: Pipeline = { relation: { op: 'group', from: relation, by: [], aggregates }, order: [] }
  return select(grouped, [
    { name: 'num_anomalies', value: column('num_anomalies', 'number') },
    { name: 'thresh', value: number(value) },
    { name: 'max_logprob', value: column('max_logprob', 'number') },
    { name: 'min_logprob', value: column('min_logprob', 'number') },
    { name: '1st_quartile', value: number(low) },
    { name: '3rd_quartile', value: number(high) },
  ])
}
