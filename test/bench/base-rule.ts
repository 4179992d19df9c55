/** The text of a rule that lets through one call, for rules that remember to stand on. */
export function baseRule(action: string): string {
  return `title: ${action}
id: base-${action.toLowerCase()}
name: ${action}
level: informational
logsource: {product: aws, service: cloudtrail}
detection: {selection: {eventName: ${action}}, condition: selection}
`
}
