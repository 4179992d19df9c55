import { printDiagnostic } from '../../../src/core/print-diagnostic.ts'
import type { LinkedRule } from '../../../src/lang/sigma/document.ts'
import { linkSigma } from '../../../src/lang/sigma/link.ts'
import { parseSigma } from '../../../src/lang/sigma/parse.ts'
import { print } from '../../../src/plan/print.ts'
import type { Rule } from '../../../src/plan/rule.ts'

const HEAD = `title: Test
id: 00000000-0000-4000-8000-000000000001
level: low
logsource: {product: aws, service: cloudtrail}
`

/** A rule of which only the detection matters; it starts in line 5. */
export function ruleWith(detection: string): string {
  return `${HEAD}detection:\n${detection.replace(/^(?=.)/gm, '  ')}\n`
}

/** A rule with one item. */
export function itemRule(item: string): string {
  return ruleWith(`sel:\n  ${item.replaceAll('\n', '\n  ')}\ncondition: sel`)
}

export function link(
  text: string,
  placeholders: Readonly<Record<string, readonly string[]>> = {},
): readonly LinkedRule[] {
  return linkSigma(
    parseSigma(text, { file: 'rule.yml', placeholders: new Map(Object.entries(placeholders)) }),
  )
}

/** The rules that loaded. */
export function rules(text: string): readonly Rule[] {
  return link(text).flatMap(linked => (linked.kind === 'rule' ? [linked.rule] : []))
}

/** All problems of a text, as they are printed. */
export function problems(text: string): string {
  return link(text)
    .flatMap(linked => linked.problems)
    .map(problem => printDiagnostic(problem, 'rule.yml', text))
    .join('\n')
}

/** The test that an item becomes, without the frame of its identifier; or what is wrong with it. */
export function item(text: string, placeholders: Readonly<Record<string, readonly string[]>> = {}): string {
  const linked = link(itemRule(text), placeholders)[0]
  if (linked?.kind !== 'rule' || linked.rule.kind !== 'detection') return problems(itemRule(text))
  return print(linked.rule.where).replace('and "sel"\n', '').replace(/^ {2}/gm, '')
}
