import type { Analytic } from '../analytics/analytic.ts'
import { PARAMETERS } from '../context/parameters.ts'
import { print } from '../plan/print.ts'
import { sourcesFor } from '../sources/sources.ts'

/** What an analytic is made of: what it takes, what it asks, what the organisation sets. */
export function analyticLines({ meta, bases, parameters, tables }: Analytic): readonly string[] {
  return [
    meta.title,
    `${meta.id} · analytic · builtin`,
    '',
    '1. text',
    `   ${meta.description ?? ''}`,
    '',
    '2. events that it takes, with their logs',
    ...bases.flatMap(({ rule, carry }) => [
      `   ${rule.meta.title} (${rule.meta.id}): ${logsOf(rule)}`,
      ...print(rule.where)
        .split('\n')
        .map(line => `      ${line}`),
      `      fields: ${carry.join(', ')}`,
    ]),
    '',
    '3. tables that it asks (--context)',
    `   ${tables.join(', ')}`,
    '',
    '4. parameters (--param NAME=VALUE)',
    ...PARAMETERS.filter(({ name }) => parameters.includes(name)).map(
      ({ name, about, initial }) => `   ${name}=${initial.join(',')}  ${about}`,
    ),
    '',
  ]
}

function logsOf({ logsource }: Analytic['bases'][number]['rule']): string {
  const titles = sourcesFor(logsource).map(({ title }) => title)
  return titles.join(', ') || 'no log source that is read yet'
}
