import { techniquesOf } from '../attack/techniques.ts'
import type { Level } from '../core/level.ts'
import type { RuleFacts } from '../findings/hit.ts'
import { shortened } from '../findings/texts.ts'
import type { Rule, RuleMeta } from '../plan/rule.ts'
import type { CorrelationRule } from '../plan/state-rule.ts'
import { explainDetection } from '../state/explain.ts'
import type { Detection, Variant } from '../state/signal.ts'
import { groupNames } from '../state/state-run.ts'

/** What findings need to know of a rule. */
export function factsOf({ meta }: { readonly meta: RuleMeta }): RuleFacts {
  const { id, title, level, status, description, author, falsepositives, references, entity } = meta
  return {
    id,
    title,
    level,
    attack: techniquesOf(meta.tags),
    falsepositives,
    references,
    ...(status === undefined ? {} : { status }),
    ...(description === undefined ? {} : { description }),
    ...(author === undefined ? {} : { author }),
    ...(entity === undefined ? {} : { entity }),
  }
}

/** The group of a detection as the entity of its finding. */
export function entityText({ group }: Detection): string {
  const text = group.map(value => (value === undefined || value === '' ? '-' : value)).join(', ')
  return text === '' ? 'all events' : text
}

/** Detections that one finding explains. */
const MOST_EXPLAINED = 5

/** What findings need to know of a rule that remembers, for detections of one variant. */
export function stateFacts(
  rule: CorrelationRule,
  variant: Variant,
  detections: readonly Detection[],
  rules: ReadonlyMap<string, Rule>,
): RuleFacts {
  const byEntity = new Map<string, Detection[]>()
  for (const detection of [...detections].sort((a, b) => a.from - b.from || a.time - b.time)) {
    const entity = shortened(entityText(detection))
    const list = byEntity.get(entity)
    if (list === undefined) byEntity.set(entity, [detection])
    else list.push(detection)
  }
  const titleOf = (id: string): string => rules.get(id)?.meta.title ?? id
  return {
    ...factsOf(rule),
    level: levelOf(rule, variant),
    entity: groupNames(rule).join(', ') || 'all',
    ...(variant === 'complete' ? {} : { variant }),
    because(entity, first, last) {
      const within = (byEntity.get(entity) ?? []).filter(({ from, to }) => from <= last && to >= first)
      const lines = within
        .slice(0, MOST_EXPLAINED)
        .flatMap(detection => explainDetection(rule, detection, titleOf))
      const rest = within.length - MOST_EXPLAINED
      return rest > 0 ? [...lines, `and ${rest} more times`] : lines
    },
  }
}

function levelOf(rule: CorrelationRule, variant: Variant): Level {
  if (variant === 'incomplete' && rule.type === 'chain') return rule.incomplete?.level ?? rule.meta.level
  if (variant === 'raised' && rule.type === 'absence') return rule.raised ?? rule.meta.level
  return rule.meta.level
}
