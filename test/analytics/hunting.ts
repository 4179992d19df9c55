import type { Analytic } from '../../src/analytics/analytic.ts'
import { loadContext } from '../../src/context/load.ts'
import type { ContextFile } from '../../src/context/raw.ts'
import type { HuntOptions } from '../../src/detect/options.ts'
import { type LoadedRules, loadRules } from '../../src/rules/load.ts'
import { type Hunted, huntAll, rulesOf, scanOf } from '../detect/scans.ts'

let loaded: LoadedRules | undefined

/** Read once: there are hundreds. */
function builtin(): LoadedRules {
  loaded ??= loadRules(['builtin'])
  return loaded
}

/** A hunt with analytics over files; rules are YAML texts, or the built-in ones. */
export function huntWith(
  analytics: readonly Analytic[],
  {
    inputs,
    context,
    rules = [],
    asOf = Date.UTC(2026, 2, 10),
    more = {},
  }: {
    readonly inputs: readonly string[]
    readonly context?: readonly ContextFile[]
    readonly rules?: readonly string[] | 'builtin'
    readonly asOf?: number
    readonly more?: Partial<HuntOptions>
  },
): Promise<Hunted> {
  return huntAll({
    ...scanOf(inputs),
    rules: rules === 'builtin' ? builtin() : rulesOf(rules),
    analytics,
    selection: { include: [], exclude: [] },
    keepDuplicates: false,
    strict: false,
    profile: false,
    watch: { begin: () => {}, progress: () => {}, fileDone: () => {}, hit: () => {} },
    ...(context === undefined ? {} : { knowledge: { context: loadContext(context, { asOf }) } }),
    ...more,
  })
}
