import type { Problems } from '../../core/diagnostic.ts'
import { nearest } from '../../core/nearest.ts'
import type { RuleMeta, RuleOrigin } from '../../plan/rule.ts'
import type { CorrelationType, StateType } from '../../plan/state-rule.ts'
import { readAbsence } from './absence-rule.ts'
import { readChain } from './chain-rule.ts'
import type { ReadKind } from './correlation-parts.ts'
import type { CorrelationDraft } from './document.ts'
import { readFirstSeen } from './first-seen-rule.ts'
import { entry, get, kindOf, missing, scalarText, type TreeMap } from './tree.ts'
import { readVolume } from './volume-rule.ts'
import { readWindow } from './window-rule.ts'

/** Reads a correlation; which rules its references mean is found when all documents are known. */
export function readCorrelation(
  root: TreeMap,
  meta: RuleMeta,
  origin: RuleOrigin,
  problems: Problems,
): CorrelationDraft | undefined {
  const map = get(root, 'correlation')
  if (map?.kind !== 'map') {
    const what = map === undefined ? 'empty' : kindOf(map)
    problems.error('sigma/type', `"correlation" is ${what}, not a map`, {
      at: entry(root, 'correlation')?.keyAt,
    })
    return undefined
  }
  const type = readType(map, problems)
  const read = readKind(map, type, problems)
  const generate = readGenerate(root, map, problems)
  if (problems.failed || read === undefined) return undefined
  const { rules, aliases = [], make } = read
  return {
    meta,
    rules,
    aliases,
    origin,
    make: (own, idOf) => make({ kind: 'correlation', meta: own, generate, origin }, idOf),
  }
}

/** How each kind is read; Sigma's own are all read alike. */
const EXTENSIONS: Record<
  Exclude<StateType, CorrelationType>,
  (map: TreeMap, problems: Problems) => ReadKind | undefined
> = {
  chain: readChain,
  first_seen: readFirstSeen,
  volume: readVolume,
  absence: readAbsence,
}

const WINDOWS: Record<CorrelationType, true> = {
  event_count: true,
  value_count: true,
  temporal: true,
  temporal_ordered: true,
  value_sum: true,
  value_avg: true,
  value_percentile: true,
  value_median: true,
}

const TYPES: readonly string[] = [...Object.keys(WINDOWS), ...Object.keys(EXTENSIONS)]

/** Of a type that nobody knows, the rest is read as Sigma has it, so that all problems are told. */
function readKind(map: TreeMap, type: StateType | undefined, problems: Problems): ReadKind | undefined {
  if (type !== undefined && isExtension(type)) return EXTENSIONS[type](map, problems)
  return readWindow(map, type, problems)
}

function isExtension(type: StateType): type is Exclude<StateType, CorrelationType> {
  return Object.hasOwn(EXTENSIONS, type)
}

function isType(name: string): name is StateType {
  return TYPES.includes(name)
}

function readType(map: TreeMap, problems: Problems): StateType | undefined {
  const tree = get(map, 'type')
  if (tree === undefined) {
    problems.list.push(missing(map, 'type', 'the correlation'))
    return undefined
  }
  const written = scalarText(tree)?.trim() ?? ''
  if (isType(written)) return written
  const near = nearest(written, TYPES)
  problems.error('sigma/correlation-type', `there is no correlation of type "${written}"`, {
    at: tree.at,
    help: near === undefined ? `there are ${TYPES.join(', ')}` : `did you mean "${near}"?`,
  })
  return undefined
}

/** The specification has `generate` beside the correlation, common tools inside it. */
function readGenerate(root: TreeMap, map: TreeMap, problems: Problems): boolean {
  const trees = [get(root, 'generate'), get(map, 'generate')].flatMap(tree => tree ?? [])
  for (const tree of trees) {
    if (tree.kind === 'scalar' && typeof tree.value === 'boolean') continue
    problems.error('sigma/type', '"generate" takes true or false', { at: tree.at })
  }
  return trees.some(tree => tree.kind === 'scalar' && tree.value === true)
}
