import type { FieldWish } from '../../plan/lowering.ts'
import { fallbacks } from './lower/fallbacks.ts'
import { keysOf } from './lower/key-shaped.ts'
import { ownNames } from './own-names.ts'
import type { Pipeline, Scope, Stage, StageKind } from './syntax.ts'
import { namesIn, pipelinesIn } from './walk.ts'

const ALWAYS = ['_time', '_messageTime', '_sourceCategory', '_sourceHost', '_sourceName', '_collector']

/** Stages behind which there are no other fields than they name. */
const NAMING: readonly StageKind[] = [
  'aggregate',
  'top',
  'transpose',
  'transaction',
  'sessionize',
  'merge',
  'logreduce',
  'logreduce values',
  'logcompare',
]

/** What a query reads of the messages. */
export function wishOf(query: Pipeline): FieldWish {
  const names = [...namesIn(query)]
  const stages = pipelinesIn(query).flatMap(pipeline => pipeline.stages)
  const all = !query.stages.some(isNaming) || stages.some(needsAll)
  const reads = pipelinesIn(query).some(readsText) || names.some(name => /^_size$/i.test(name))
  const text = reads ? ['_raw'] : []
  const lists = names.flatMap(name => (name.includes('[') ? [name.slice(0, name.indexOf('['))] : []))
  const wanted = new Set([...ALWAYS, ...text, ...names, ...lists, ...names.flatMap(fallbacks)])
  return { names: wanted, own: ownNames(query), all }
}

/** Does it look at the text of messages? */
function readsText({ scope, stages }: Pipeline): boolean {
  return (scope !== undefined && searchesText(scope)) || stages.some(parsesText)
}

function searchesText(scope: Scope): boolean {
  switch (scope.kind) {
    case 'keyword':
    case 'phrase':
      return true
    case 'and':
    case 'or':
      return scope.of.some(searchesText)
    case 'not':
      return searchesText(scope.of)
    default:
      return false
  }
}

function parsesText(stage: Stage): boolean {
  switch (stage.op) {
    case 'parse':
    case 'parse regex':
    case 'parse xml':
    case 'json':
    case 'json auto':
    case 'keyvalue':
      return stage.field === undefined
    case 'transaction':
      return stage.states.some(({ field }) => field === undefined)
    case 'sessionize':
    case 'trace':
    case 'logcompare':
      return true
    case 'merge':
      return stage.fields.length === 0
    case 'transactionize':
      return stage.settings.some(({ key }) => key.endsWith('with'))
    case 'logreduce':
      return stage.of === undefined
    case 'dedup':
      return stage.by.length === 0
    case 'compose':
      return stage.keywords
    default:
      return false
  }
}

function isNaming(stage: Stage): boolean {
  if (stage.op === 'fields') return !stage.drop
  return NAMING.includes(stage.op) || (stage.op === 'transactionize' && stage.merges)
}

function needsAll(stage: Stage): boolean {
  switch (stage.op) {
    case 'json auto':
      return stage.keys.length === 0
    case 'parse regex':
      return stage.field === undefined && keysOf(stage.pattern.raw) !== undefined
    case 'dedup':
      return stage.by.length === 0
    default:
      return stage.op === 'join'
  }
}
