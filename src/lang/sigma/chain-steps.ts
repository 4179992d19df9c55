import type { Problems, Span } from '../../core/diagnostic.ts'
import { nearest } from '../../core/nearest.ts'
import type { ChainLink, ChainStep, StepField } from '../../plan/state-rule.ts'
import { checkKeys, joined, readFlag, readReferences, readSpan } from './correlation-parts.ts'
import type { Reference } from './document.ts'
import { readFieldName } from './field-name.ts'
import { entry, get, kindOf, listed, missing, scalarText, type Tree, type TreeMap } from './tree.ts'

/** A step whose references are not yet resolved. */
export type DraftStep = Omit<ChainStep, 'rules'> & { readonly rules: readonly Reference[] }

const KEYS = ['name', 'rule', 'rules', 'link', 'differs', 'within', 'optional', 'absent']
/** Steps of one chain, and ways to link one of them. */
const MOST_STEPS = 32
const MOST_WAYS = 8

export function readSteps(map: TreeMap, problems: Problems): readonly DraftStep[] {
  const found = entry(map, 'steps')
  const trees = listed(get(map, 'steps'))
  if (found === undefined) problems.list.push(missing(map, 'steps', 'a correlation of type chain'))
  else if (trees.length < 2 || trees.length > MOST_STEPS) {
    problems.error('sigma/steps', `a chain has from 2 to ${MOST_STEPS} steps, not ${trees.length}`, {
      at: found.keyAt,
    })
  }
  const steps: DraftStep[] = []
  for (const tree of trees) {
    const step = readStep(tree, steps, problems)
    if (step !== undefined) steps.push(step)
  }
  if (found !== undefined && !problems.failed && !steps.some(({ need }) => need === 'required')) {
    problems.error('sigma/steps', 'no step of the chain is required', { at: found.keyAt })
  }
  return steps
}

/** `step.field`, as a step that stands before and its field. */
export function stepField(
  tree: Tree,
  steps: readonly Pick<DraftStep, 'name' | 'need'>[],
  problems: Problems,
): StepField | undefined {
  const text = scalarText(tree)?.trim() ?? ''
  const dot = text.indexOf('.')
  const name = text.slice(0, Math.max(0, dot))
  const field = readFieldName(text.slice(dot + 1), tree.at, problems)
  if (dot <= 0 || field === '') {
    problems.error('sigma/step-field', `"${text || kindOf(tree)}" is no field of a step`, {
      at: tree.at,
      help: 'write the name of an earlier step, a dot and the field: launch.userIdentity.arn',
    })
    return undefined
  }
  const step = steps.findIndex(one => one.name === name)
  if (step >= 0 && steps[step]?.need !== 'absent') return { step, field }
  const names = steps.filter(({ need }) => need !== 'absent').map(one => one.name)
  const near = nearest(name, names)
  const message =
    step >= 0 ? `the step "${name}" is absent and has no fields` : `there is no earlier step "${name}"`
  problems.error('sigma/unknown-step', message, {
    at: tree.at,
    help:
      near === undefined
        ? names.length === 0
          ? undefined
          : `there are ${names.join(', ')}`
        : `did you mean "${near}"?`,
  })
  return undefined
}

function readStep(tree: Tree, before: readonly DraftStep[], problems: Problems): DraftStep | undefined {
  if (tree.kind !== 'map') {
    problems.error('sigma/type', `a step is ${kindOf(tree)}, not a map`, { at: tree.at })
    return undefined
  }
  checkKeys(tree, KEYS, 'a step', problems)
  const rules = joined(readReferences(tree, 'rule', problems), readReferences(tree, 'rules', problems))
  if (rules.length === 0) problems.list.push(missing(tree, 'rule', 'a step'))
  const isFirst = before.length === 0
  const need = readNeed(tree, isFirst, problems)
  const links = readLinks(tree, before, problems)
  const differing = get(tree, 'differs')
  const differs = differing === undefined ? [] : readFieldPairs(differing, 'differs', before, problems)
  // A gap is measured from an earlier step: the first has none.
  const within = isFirst ? 0 : (readSpan(tree, 'within', 'a step', problems) ?? 0)
  if (isFirst) for (const key of ['within', 'link', 'differs']) refuseFirst(tree, key, problems)
  const name = readName(tree, before, problems)
  return { name, rules, links, ...(differs.length === 0 ? {} : { differs }), within, need }
}

function refuseFirst(tree: TreeMap, key: string, problems: Problems): void {
  const at = entry(tree, key)?.keyAt
  if (at !== undefined)
    problems.error('sigma/first-step', `the first step of a chain has no "${key}"`, { at })
}

/** A step without a name is called by its number. */
function readName(tree: TreeMap, before: readonly DraftStep[], problems: Problems): string {
  const written = get(tree, 'name')
  const name = scalarText(written)?.trim() ?? `${before.length + 1}`
  const at: Span = written?.at ?? tree.at
  if (!/^[\w-]{1,100}$/.test(name)) {
    problems.error('sigma/step-name', `"${name}" is no name of a step`, {
      at,
      help: 'use letters, digits, _ and -',
    })
  } else if (before.some(step => step.name === name)) {
    problems.error('sigma/step-name', `two steps are called "${name}"`, { at })
  }
  return name
}

function readNeed(tree: TreeMap, isFirst: boolean, problems: Problems): ChainStep['need'] {
  const optional = readFlag(tree, 'optional', problems)
  const absent = readFlag(tree, 'absent', problems)
  const at = entry(tree, 'absent')?.keyAt
  if (optional && absent)
    problems.error('sigma/step-need', 'a step cannot be both optional and absent', { at })
  if (absent && isFirst)
    problems.error('sigma/first-step', 'a chain begins with something that happened', { at })
  return absent ? 'absent' : optional ? 'optional' : 'required'
}

function readLinks(
  tree: TreeMap,
  before: readonly DraftStep[],
  problems: Problems,
): readonly (readonly ChainLink[])[] {
  const ways = listed(get(tree, 'link'))
  if (ways.length === 0 && before.length > 0) {
    problems.warn('sigma/link', 'without "link" whatever comes in time follows', {
      at: entry(tree, 'name')?.keyAt ?? tree.at,
    })
  }
  if (ways.length > MOST_WAYS)
    problems.error('sigma/link', `a step has at most ${MOST_WAYS} links`, { at: tree.at })
  return ways.map(way => readFieldPairs(way, 'link', before, problems))
}

/** Fields of this step, each with one of an earlier step. */
function readFieldPairs(
  way: Tree,
  key: 'link' | 'differs',
  before: readonly DraftStep[],
  problems: Problems,
): readonly ChainLink[] {
  if (way.kind !== 'map' || way.entries.length === 0) {
    problems.error('sigma/type', `"${key}" is ${kindOf(way)}, not a map`, {
      at: way.at,
      help: 'write the field of this step and, after the colon, step.field of an earlier one',
    })
    return []
  }
  return way.entries.flatMap(({ key: own, keyAt, value }) => {
    const field = readFieldName(own, keyAt, problems)
    const to = stepField(value, before, problems)
    return to === undefined ? [] : [{ field, to }]
  })
}
