import { counted, firstFew, thousands } from '../core/quantity.ts'
import { actorText, resourceText } from './actor-text.ts'
import { type OutcomeCounts, outcomeOf } from './outcome.ts'
import { MOST_COUNTED, type Ranking } from './value-counts.ts'

/** What the line is made of. */
export interface WhyFacts {
  readonly count: number
  readonly outcomes: OutcomeCounts
  readonly actors: Ranking
  readonly actions: Ranking
  readonly errors: Ranking
  readonly resources: Ranking
  readonly addresses: Ranking
}

/** The longest name in the line, in UTF-16 units. */
const LONGEST_NAME = 120

/**
 * One line of plain text: who did what, how often, on what, from where, with what result, as
 * `role Deploy (111122223333) called StopLogging 3 times on trail/main from 198.51.100.7: denied (AccessDenied)`.
 */
export function why(facts: WhyFacts): string {
  const { actors, actions, resources, addresses } = facts
  const who = actors.distinct === 0 ? 'an unknown actor' : few(actors, 1, actorText)
  const what = actions.distinct === 0 ? 'acted' : `called ${few(actions, 2, actionText)}`
  const often = facts.count === 1 ? '' : ` ${thousands(facts.count)} times`
  const on = resources.distinct === 0 ? '' : ` on ${few(resources, 1, resourceText)}`
  const from = addresses.distinct === 0 ? '' : ` from ${few(addresses, 1, text => text)}`
  return `${who} ${what}${often}${on}${from}: ${result(facts)}`
}

function few(ranking: Ranking, most: number, text: (value: string) => string): string {
  const names = ranking.values.slice(0, most).map(value => name(text(value)))
  if (ranking.distinct < MOST_COUNTED) return firstFew(names, most, ranking.distinct)
  return `${names.join(', ')} and at least ${counted(ranking.distinct - names.length, 'other')}`
}

function name(text: string): string {
  return text.length <= LONGEST_NAME ? text : `${text.slice(0, LONGEST_NAME)}…`
}

/** `cloudtrail.amazonaws.com StopLogging` -> `StopLogging` */
function actionText(action: string): string {
  return action.slice(action.indexOf(' ') + 1)
}

function result({ outcomes, errors }: WhyFacts): string {
  const codes = errors.distinct === 0 ? '' : ` (${few(errors, 2, code => code)})`
  const outcome = outcomeOf(outcomes)
  switch (outcome) {
    case 'mixed':
      return `${thousands(outcomes.succeeded)} succeeded, ${thousands(outcomes.denied)} denied${codes}`
    case 'unknown':
      return `outcome unknown${codes}`
    default:
      return outcome + codes
  }
}
