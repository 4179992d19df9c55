import type { ChainStep, StepField } from '../plan/state-rule.ts'

/** What other steps may still be linked to of the steps before this one: later ones, and absent ones that come before it. */
export function laterFields(steps: readonly ChainStep[], step: number): readonly StepField[] {
  const before = steps.findLastIndex(({ need }, place) => place < step && need === 'required')
  const wanted = steps
    .filter(({ need }, place) => place > step || (place > before && place < step && need === 'absent'))
    .flatMap(({ links }) => links.flat().map(({ to }) => to))
    .filter(to => to.step < step)
  return wanted.filter((to, place) => wanted.findIndex(other => isSame(other, to)) === place)
}

function isSame(a: StepField, b: StepField): boolean {
  return a.step === b.step && a.field === b.field
}
