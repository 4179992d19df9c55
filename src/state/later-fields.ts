import type { ChainStep, StepField } from '../plan/state-rule.ts'

/** What later steps are linked to of the steps before this one, unless this one is linked to it too. */
export function laterFields(steps: readonly ChainStep[], step: number): readonly StepField[] {
  const own = steps[step]?.links ?? []
  const isOwn = (to: StepField): boolean =>
    own.length > 0 && own.every(way => way.some(link => isSame(link.to, to)))
  const wanted = steps
    .slice(step + 1)
    .flatMap(({ links }) => links.flat().map(({ to }) => to))
    .filter(to => to.step < step && !isOwn(to))
  return wanted.filter((to, place) => wanted.findIndex(other => isSame(other, to)) === place)
}

function isSame(a: StepField, b: StepField): boolean {
  return a.step === b.step && a.field === b.field
}
