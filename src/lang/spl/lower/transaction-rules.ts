import { isOn, numberOf, optionOf } from '../options.ts'
import type { Stages } from '../syntax/tree.ts'
import { refuse } from './context.ts'
import type { Rules } from './formed-transactions.ts'
import { spanSeconds } from './relative-time.ts'

type Stage = Stages['transaction']

/** What the options of `transaction` say; by default there is no bound but 1000 events. */
export function rulesOf(stage: Stage): Rules {
  const { options, at, startsWith, endsWith } = stage
  const named = options.find(({ name }) => name === 'name')
  if (named !== undefined) {
    const help = 'write its options in the search: there is no transactiontypes.conf here'
    return refuse(
      'spl/unsupported-option',
      `the transaction type "${named.value}" is not known`,
      named.at,
      help,
    )
  }
  const connected = isOn(options, 'connected', true)
  const most = numberOf(options, 'maxevents', 1000)
  return {
    span: secondsOf(stage, 'maxspan'),
    pause: secondsOf(stage, 'maxpause'),
    events: most < 0 ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(most)),
    mustStart: startsWith !== undefined,
    mustEnd: endsWith !== undefined,
    connected,
    unifyEnds: isOn(options, 'unifyends', connected),
    openTransactions: memory('maxopentxn'),
    openEvents: memory('maxopenevents'),
  }

  function memory(name: string): number {
    const value = numberOf(options, name, Number.POSITIVE_INFINITY)
    return value >= 1 ? value : refuse('spl/option-value', `${name} must be 1 or more`, at)
  }
}

/** A negative span is none. */
function secondsOf({ options, at }: Stage, name: string): number {
  const value = optionOf(options, name)
  if (value === undefined || /^-\d/.test(value)) return Number.POSITIVE_INFINITY
  return (
    spanSeconds(value) ?? refuse('spl/span', `"${value}" is no span`, at, 'it is written like 30s, 5m or 2h')
  )
}
