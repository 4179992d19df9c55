import type { Problems } from '../../core/diagnostic.ts'
import { nearest } from '../../core/nearest.ts'
import type { ChainRule, StepField } from '../../plan/state-rule.ts'
import { type DraftStep, readSteps, stepField } from './chain-steps.ts'
import { checkKeys, joined, type ReadKind, readLevelName } from './correlation-parts.ts'
import { get, kindOf, listed, scalarText, type Tree, type TreeMap } from './tree.ts'

const KEYS = ['type', 'steps', 'group-by', 'incomplete', 'generate']

/** Steps that follow each other, each linked to earlier ones by values of its own. */
export function readChain(map: TreeMap, problems: Problems): ReadKind | undefined {
  checkKeys(map, KEYS, 'a correlation of type chain', problems)
  const steps = readSteps(map, problems)
  const entity = readEntity(map, steps, problems)
  const incomplete = readIncomplete(map, steps, problems)
  if (problems.failed) return undefined
  const rules = joined(...steps.map(step => step.rules))
  return {
    rules,
    make: (common, idOf) => ({
      ...common,
      type: 'chain',
      rules: rules.map(idOf),
      groupBy: [],
      aliases: {},
      steps: steps.map(({ rules: over, ...step }) => ({ ...step, rules: over.map(idOf) })),
      entity,
      ...(incomplete === undefined ? {} : { incomplete }),
    }),
  }
}

/** What names the chain; by default what its first link hands on. */
function readEntity(map: TreeMap, steps: readonly DraftStep[], problems: Problems): readonly StepField[] {
  const trees = listed(get(map, 'group-by'))
  if (trees.length === 0) {
    const linked = steps.find(({ links }) => links.length > 0)
    return linked?.links[0]?.map(({ to }) => to) ?? []
  }
  return trees.flatMap(tree => stepField(tree, steps, problems) ?? [])
}

function readIncomplete(
  map: TreeMap,
  steps: readonly DraftStep[],
  problems: Problems,
): ChainRule['incomplete'] {
  const tree = get(map, 'incomplete')
  if (tree === undefined) return undefined
  const from = usualStep(steps)
  if (tree.kind !== 'map') {
    const level = readLevelName(tree, 'incomplete', problems)
    return level === undefined ? undefined : { level, from }
  }
  checkKeys(tree, ['level', 'from'], '"incomplete"', problems)
  const named = get(tree, 'from')
  const levelTree = get(tree, 'level')
  const level = levelTree === undefined ? 'medium' : readLevelName(levelTree, 'level', problems)
  return level === undefined
    ? undefined
    : { level, from: named === undefined ? from : stepNamed(named, steps, problems) }
}

/** The last required step but one; the last where something must be absent after it. */
function usualStep(steps: readonly DraftStep[]): number {
  const last = steps.findLastIndex(({ need }) => need !== 'optional')
  return Math.max(
    0,
    steps.findLastIndex(({ need }, place) => need === 'required' && place < last),
  )
}

function stepNamed(tree: Tree, steps: readonly DraftStep[], problems: Problems): number {
  const name = scalarText(tree)?.trim() ?? ''
  const place = steps.findIndex(step => step.name === name)
  if (place >= 0) return place
  const names = steps.map(step => step.name)
  const near = nearest(name, names)
  problems.error('sigma/unknown-step', `there is no step "${name || kindOf(tree)}"`, {
    at: tree.at,
    help: near === undefined ? `there are ${names.join(', ')}` : `did you mean "${near}"?`,
  })
  return 0
}
