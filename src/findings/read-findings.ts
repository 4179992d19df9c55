import { type Outcome, ok, Problems, refused } from '../core/diagnostic.ts'
import {
  isObject,
  type Json,
  type JsonObject,
  member,
  objectMember,
  parsedJson,
  textMember,
} from '../core/json.ts'
import { LEVELS } from '../core/level.ts'
import { ENTITY_KINDS, type Evidence, type Finding } from './finding.ts'
import { readSections } from './read-sections.ts'

/** Problems that are told one by one. */
const MOST_TOLD = 20

/**
 * Findings as `-t jsonl` or `-t json` wrote them, perhaps by another version: what is missing is empty, what
 * is not known is left out. A line that is no finding is a warning; text in which nothing is one is refused.
 */
export function readFindings(text: string): Outcome<readonly Finding[]> {
  const problems = new Problems()
  const findings: Finding[] = []
  let bad = 0
  for (const { value, line } of items(text)) {
    const finding = isObject(value) ? readFinding(value) : undefined
    if (finding !== undefined) findings.push(finding)
    else if (++bad <= MOST_TOLD) problems.warn('findings/not-a-finding', `line ${line} is not a finding`)
  }
  if (bad > MOST_TOLD)
    problems.warn('findings/not-a-finding', `${bad - MOST_TOLD} further lines are not findings`)
  if (bad === 0 || findings.length > 0) return ok(findings, problems.list)
  const help = 'give a file that was written with -t jsonl'
  problems.error('findings/no-findings', 'nothing in the file is a finding', { help })
  return refused(problems.list)
}

interface Item {
  readonly value: Json | undefined
  readonly line: number
}

function* items(text: string): Generator<Item> {
  const whole = text.trimStart().startsWith('[') ? parsedJson(text.trim()) : undefined
  if (Array.isArray(whole)) {
    for (const value of whole) yield { value, line: 1 }
    return
  }
  let line = 0
  let from = 0
  while (from < text.length) {
    const end = text.indexOf('\n', from)
    const to = end < 0 ? text.length : end
    const content = text.slice(from, to).trim()
    line += 1
    from = to + 1
    if (content !== '') yield { value: parsedJson(content), line }
  }
}

function readFinding(object: JsonObject): Finding | undefined {
  const id = textMember(object, 'id')
  const level = LEVELS.find(known => known === member(object, 'level'))
  if (id === undefined || level === undefined) return undefined
  const entity = objectMember(object, 'entity') ?? {}
  return {
    id,
    rule_id: text(object, 'rule_id'),
    title: text(object, 'title'),
    level,
    ...optional(object, 'status'),
    ...optional(object, 'description'),
    attack: texts(member(object, 'attack')),
    first_time: text(object, 'first_time'),
    last_time: text(object, 'last_time'),
    count: number(member(object, 'count')),
    outcome: OUTCOMES.find(known => known === member(object, 'outcome')) ?? 'unknown',
    entity: { kind: text(entity, 'kind'), value: text(entity, 'value') },
    entities: entities(objectMember(object, 'entities') ?? {}),
    actions: texts(member(object, 'actions')),
    errors: table(object, 'errors', number),
    matched: table(object, 'matched', texts),
    shown: table(object, 'shown', texts),
    ...(objectMember(object, 'more') === undefined ? {} : { more: table(object, 'more', number) }),
    why: text(object, 'why'),
    ...(member(object, 'because') === undefined ? {} : { because: texts(member(object, 'because')) }),
    falsepositives: texts(member(object, 'falsepositives')),
    references: texts(member(object, 'references')),
    ...optional(object, 'author'),
    ...readSections(object),
    evidence: list(member(object, 'evidence')).filter(isObject).map(readEvidence),
  }
}

const OUTCOMES = ['succeeded', 'denied', 'mixed', 'unknown'] as const

function readEvidence(object: JsonObject): Evidence {
  return {
    event_id: text(object, 'event_id'),
    event_time: text(object, 'event_time'),
    file: text(object, 'file'),
    record: number(member(object, 'record')),
    sha256: text(object, 'sha256'),
  }
}

function entities(object: JsonObject): Finding['entities'] {
  const known = ENTITY_KINDS.filter(kind => member(object, kind) !== undefined)
  return Object.fromEntries(known.map(kind => [kind, texts(member(object, kind))]))
}

function table<T>(
  object: JsonObject,
  key: string,
  read: (value: Json | undefined) => T,
): { readonly [name: string]: T } {
  return Object.fromEntries(
    Object.entries(objectMember(object, key) ?? {}).map(([name, value]) => [name, read(value)]),
  )
}

function optional<Key extends string>(object: JsonObject, key: Key): { readonly [key in Key]?: string } {
  const value = textMember(object, key)
  return value === undefined ? {} : ({ [key]: value } as { readonly [key in Key]: string })
}

function text(object: JsonObject, key: string): string {
  return textMember(object, key) ?? ''
}

function number(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

function texts(value: Json | undefined): readonly string[] {
  return list(value).filter(item => typeof item === 'string')
}
