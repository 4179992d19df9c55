import { isObject, type Json, type JsonObject, member, objectMember, textMember } from '../core/json.ts'
import type { Answer, FindingSections, Risk, Step } from './sections.ts'

/** The sections of a finding that was written before; what is missing stays so. */
export function readSections(object: JsonObject): FindingSections {
  const risk = objectMember(object, 'risk')
  const answers = list(object, 'answers', answer)
  const steps = list(object, 'steps', step)
  const caveats = list(object, 'caveats', value => (typeof value === 'string' ? value : undefined))
  return {
    ...(answers === undefined ? {} : { answers }),
    ...(steps === undefined ? {} : { steps }),
    ...(risk === undefined ? {} : { risk: readRisk(risk) }),
    ...(caveats === undefined ? {} : { caveats }),
  }
}

/** What can be read of the list under a key; `undefined` where there is none. */
function list<Value>(
  object: JsonObject,
  key: string,
  read: (value: Json) => Value | undefined,
): readonly Value[] | undefined {
  const value = member(object, key)
  return Array.isArray(value) ? value.flatMap(item => read(item) ?? []) : undefined
}

function answer(value: Json): Answer | undefined {
  if (!isObject(value)) return undefined
  const question = textMember(value, 'question')
  const line = textMember(value, 'value')
  const details = objectMember(value, 'details')
  if (question === undefined || line === undefined) return undefined
  return {
    question,
    value: line,
    ...(details === undefined
      ? {}
      : { details: Object.fromEntries(Object.entries(details).map(([name, of]) => [name, texts(of)])) }),
  }
}

function step(value: Json): Step | undefined {
  if (!isObject(value)) return undefined
  const name = textMember(value, 'name')
  const after = member(value, 'after')
  const id = textMember(value, 'event_id')
  const state = STATES.find(known => known === member(value, 'state'))
  if (name === undefined) return undefined
  return {
    time: textMember(value, 'time') ?? '',
    name,
    text: textMember(value, 'text') ?? '',
    ...(typeof after === 'number' ? { after } : {}),
    ...(id === undefined ? {} : { event_id: id }),
    ...(state === undefined ? {} : { state }),
  }
}

const STATES = ['missing', 'not observable'] as const

function readRisk(object: JsonObject): Risk {
  const number = (name: string): number => {
    const value = member(object, name)
    return typeof value === 'number' ? value : 0
  }
  return {
    impact: number('impact'),
    confidence: number('confidence'),
    score: number('score'),
    parts: texts(member(object, 'parts')),
  }
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : []
}
