import { absentConstants, type Constants, presentConstants } from './constants.ts'
import { at, Random } from './random.ts'
import { FAMILIES, type Family } from './rule-families.ts'

/** Of every twenty rules so many are of each family. */
const MIX: readonly (readonly [Family, number])[] = [
  ['pattern', 6],
  ['nested', 4],
  ['negated', 4],
  ['unindexed', 1],
  ['keyword', 1],
  ['equality', 4],
]
const LEVELS = ['informational', 'low', 'medium', 'high', 'critical'] as const
const TAGS = ['t1530', 't1078.004', 't1098', 't1580', 't1555.006', 't1537'] as const

/**
 * The texts of that many Sigma rules for CloudTrail, always the same. Every fourth looks for what the generated
 * logs hold, from once in a million events to once in some hundreds; the others for what they do not hold.
 */
export function generatedRules(count: number): readonly string[] {
  const families = MIX.flatMap(([family, share]) => Array.from({ length: share }, () => family))
  return Array.from({ length: count }, (_, number) => {
    const place = number % families.length
    const round = Math.floor(number / families.length)
    const random = new Random(11, number)
    const present = (place + round) % 4 === 0
    const constants = present ? presentConstants(random) : absentConstants(random)
    return ruleText(number, at(families, place), random, constants)
  })
}

function ruleText(number: number, family: Family, random: Random, constants: Constants): string {
  const { selections, condition } = random.pick(FAMILIES[family])(constants)
  const detection = Object.entries(selections).map(([name, lines]) => block(name, lines))
  return `title: Generated ${family} rule ${number}
id: ${random.uuid()}
status: test
description: Generated for measuring; says nothing about anybody.
logsource:
    product: aws
    service: cloudtrail
detection:
${detection.join('\n')}
    condition: ${condition}
falsepositives:
    - Everything
level: ${random.pick(LEVELS)}
tags:
    - attack.${random.pick(TAGS)}
`
}

function block(name: string, lines: readonly string[]): string {
  return [`    ${name}:`, ...lines.map(line => `        ${line}`)].join('\n')
}
