import type { CheckedRule } from '../output/sarif.ts'
import type { LoadedRules } from '../rules/load.ts'

/** What a check says of each rule, sound or refused; one that is too broken to have an id goes by its file. */
export function checkedRules(loaded: LoadedRules): readonly CheckedRule[] {
  const sound = loaded.rules.map(({ rule, problems }): CheckedRule => {
    const { id, title } = rule.meta
    return { id, title, file: rule.origin.file, language: 'sigma', parses: true, compiles: true, problems }
  })
  const searches = (loaded.searches ?? []).map(({ rule, problems }): CheckedRule => {
    const { id, title } = rule.meta
    const { language, origin } = rule
    return { id, title, file: origin.file, language, parses: true, compiles: true, problems }
  })
  const refused = loaded.refused.map(({ id, title, file, problems }): CheckedRule => {
    const parses = !problems.some(({ code }) => code.startsWith('sigma/yaml'))
    return { id: id || file, title, file, language: 'sigma', parses, compiles: false, problems }
  })
  return [...sound, ...searches, ...refused]
}
