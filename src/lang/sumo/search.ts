import { type Diagnostic, type Outcome, ok, refused } from '../../core/diagnostic.ts'
import { placesIn } from '../../core/places.ts'
import type { Search } from '../../plan/lowering.ts'
import { checked } from './check.ts'
import { lowerQuery } from './lower/lower.ts'
import { inTwoBraces, parametersIn, withParameters } from './parameters.ts'
import { parseSumo } from './parse.ts'
import { prefilter } from './prefilter.ts'
import { reaches, reachOf } from './reach.ts'
import { wishOf } from './wish.ts'
import { wordsNeeded } from './words-needed.ts'

export interface SumoOptions {
  /** The literal reading: a pattern is nothing but what it says, and fields have no other names. */
  readonly strict?: boolean
  /** Values of `{{parameters}}`. */
  readonly parameters?: ReadonlyMap<string, string>
}

/**
 * Reads a query of Sumo Logic and makes sure that its operators and functions are ones that run. Problems whose code
 * begins with `sumo/unsupported` or `sumo/unknown` are about what does not run; all others are about the text itself.
 */
export function sumoSearch(
  text: string,
  { strict = false, parameters = new Map() }: SumoOptions = {},
): Outcome<Search> {
  const given = withParameters(inTwoBraces(text), parameters)
  const { query, problems } = parseSumo(given)
  const all = [...problems, ...missing(given), ...checked(query)]
  if (all.some(({ severity }) => severity === 'error')) return refused(all)
  const filter = prefilter(query)
  const words = wordsNeeded(query)
  const search: Search = {
    wish: wishOf(query),
    ...(filter === undefined ? {} : { prefilter: filter }),
    ...(words.length === 0 ? {} : { words }),
    ...(reaches(query)
      ? { reachesTo: (earliest: number, now: number) => reachOf(query, earliest * 1000, now * 1000) / 1000 }
      : {}),
    lower: environment => lowerQuery(query, environment, strict),
  }
  return ok(search, all)
}

/** A warning for each parameter that nobody gave. */
function missing(text: string): readonly Diagnostic[] {
  const places = placesIn(text)
  return [...parametersIn(text)].map(([name, { start, end }]) => ({
    code: 'sumo/parameter',
    severity: 'warning',
    message: `the parameter "${name}" has no value: it stands for anything`,
    at: places(start, end),
  }))
}
