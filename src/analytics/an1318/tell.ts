import { caveatOf } from '../../context/context.ts'
import { cell, entryName } from '../../context/row.ts'
import type { FindingSections } from '../../findings/sections.ts'
import { answersOf } from './answers.ts'
import type { Judgement } from './judge.ts'
import { riskOf } from './risk.ts'
import { stepsOf } from './steps.ts'
import type { Telling } from './telling.ts'

export function sectionsOf(judgement: Judgement, telling: Telling): FindingSections {
  return {
    answers: answersOf(judgement, telling),
    steps: stepsOf(judgement, telling),
    risk: riskOf(telling.world.context, judgement, telling.windows),
    caveats: caveatsOf(judgement, telling),
  }
}

function caveatsOf({ verdict, blindness, chain }: Judgement, telling: Telling): readonly string[] {
  const { tables } = telling.world.context
  const doubts = telling.tables.flatMap(name => {
    const table = tables.get(name)
    return (table === undefined ? undefined : caveatOf(table)) ?? []
  })
  const { lapsed } = verdict
  return [
    ...new Set([
      ...verdict.caveats,
      ...doubts,
      ...(blindness === undefined ? [] : [blindness]),
      ...(lapsed === undefined
        ? []
        : [
            `approval ${entryName(lapsed.entry)} of ${cell(lapsed.entry, 'owner') ?? 'nobody'} is ${lapsed.standing}`,
          ]),
      ...(chain.guessed === undefined
        ? []
        : [
            'no log ties the network adapter to the machine: it is the one that first spoke after the launch',
          ]),
      ...(chain.launch.userData ? ['user data was given at the launch; the trail does not show it'] : []),
    ]),
  ]
}
