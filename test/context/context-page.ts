import { accountVerdict } from '../../src/context/account-verdict.ts'
import { type Bucket, bucketVerdict, sensitivity } from '../../src/context/bucket-verdict.ts'
import type { Context } from '../../src/context/context.ts'
import { eventApprovals } from '../../src/context/event-approvals.ts'
import { identityClass } from '../../src/context/identity-class.ts'
import type { LaunchedImage } from '../../src/context/image-origin.ts'
import { imageVerdict } from '../../src/context/image-verdict.ts'
import { loadContext } from '../../src/context/load.ts'
import { endpointVerdict, networkVerdict } from '../../src/context/network-verdict.ts'
import type { ContextFile } from '../../src/context/raw.ts'
import { review } from '../../src/context/review.ts'
import { cell, entryName, type Row } from '../../src/context/row.ts'
import { transferApproval } from '../../src/context/transfer-approval.ts'
import type { Transfer } from '../../src/context/transfer-fit.ts'
import type { Actor } from '../../src/core/event.ts'
import { isObject, type JsonObject, objectMember, textMember } from '../../src/core/json.ts'
import { printDiagnostic } from '../../src/core/print-diagnostic.ts'
import { parseTime } from '../../src/core/time.ts'

/** A page of `test/cases/context`: tables, questions, and what comes of them. */
export interface ContextPage {
  readonly title: string
  /** The text up to the end of the last block that a person wrote. */
  readonly written: string
  readonly files: readonly ContextFile[]
  /** `function argument`, one a line; the argument is JSON. */
  readonly asks: readonly string[]
}

/** Blocks: `table <file>` for each table, `ask`, then what is filled in. */
export function readContextPage(markdown: string): ContextPage {
  const blocks = [...markdown.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)]
  const written = blocks.filter(([, kind]) => kind === 'table' || kind === 'ask')
  const last = written.at(-1)
  return {
    title: /^# (.+)$/m.exec(markdown)?.[1] ?? '',
    written: markdown.slice(0, last === undefined ? 0 : last.index + last[0].length),
    files: blocks.flatMap(([, kind, file = '', text = '']) => (kind === 'table' ? [{ file, text }] : [])),
    asks: blocks
      .flatMap(([, kind, , text = '']) => (kind === 'ask' ? text.split('\n') : []))
      .filter(line => line !== ''),
  }
}

/** The moment at which pages are judged. */
const AS_OF = Date.UTC(2024, 5, 1)

/** The page with what came of it. */
export function answered(page: ContextPage): string {
  const { context, problems } = loadContext(page.files, { asOf: AS_OF })
  const said = problems.flatMap(({ file, text, problems: of }) =>
    of.map(one => printDiagnostic(one, file, text)),
  )
  const answers = page.asks.map(line => answer(context, line))
  const blocks = [
    ...(answers.length === 0 ? [] : [`\`\`\`answer\n${answers.join('\n')}\n\`\`\``]),
    ...(said.length === 0 ? [] : [`\`\`\`problems\n${said.join('\n')}\n\`\`\``]),
  ]
  return `${[page.written, ...blocks].join('\n\n')}\n`
}

function answer(context: Context, line: string): string {
  const [, name = '', json = '{}'] = /^(\w+) ?(.*)$/.exec(line) ?? []
  const value = JSON.parse(json || '{}') as JsonObject | string
  const object = isObject(value) ? value : {}
  const text = typeof value === 'string' ? value : undefined
  switch (name) {
    case 'account':
      return verdictText(accountVerdict(context, text))
    case 'bucket':
      return verdictText(bucketVerdict(context, object as unknown as Bucket))
    case 'sensitivity': {
      const entry = sensitivity(context, object as unknown as Bucket)
      return entry === undefined ? 'unclassified' : `${cell(entry, 'classification')}${entryText(entry)}`
    }
    case 'network':
      return verdictText(networkVerdict(context, text ?? textMember(object, 'address'), asnOf(object)))
    case 'endpoint':
      return verdictText(endpointVerdict(context, textMember(object, 'id'), textMember(object, 'account')))
    case 'identity': {
      const found = identityClass(context, object as unknown as Actor)
      return `${found.class} (${found.rule})${entryText(found.entry)}`
    }
    case 'image':
      return imageText(context, object)
    case 'transfer':
      return transferText(context, object)
    case 'event':
      return eventText(context, object)
    case 'review':
      return review(context)
        .map(({ what, table, entry, message }) => `${what} ${entry ?? table}: ${message}`)
        .join('\n')
    default:
      throw new Error(`there is no question "${name}"`)
  }
}

function imageText(context: Context, object: JsonObject): string {
  const image = { ...object, time: timeOf(object) ?? 0 } as unknown as LaunchedImage
  const { verdict, provenance, rule, entry, lapsed, caveats } = imageVerdict(context, image)
  const note = lapsed === undefined ? '' : ` ${lapsed.standing}: ${entryName(lapsed.entry)}`
  return `${verdict} ${provenance} (${rule})${entryText(entry)}${note}${caveatText(caveats)}`
}

function transferText(context: Context, object: JsonObject): string {
  const time = timeOf(object)
  const { time: _, ...rest } = object
  const transfer = {
    identity: [],
    source: [],
    destination: [],
    ...rest,
    ...(time === undefined ? {} : { time }),
  }
  const told = transferApproval(context, transfer as unknown as Transfer)
  const lists = (['matched', 'mismatched', 'unknown'] as const).map(name =>
    told[name].length === 0 ? '' : ` ${name}: ${told[name].join(' ')}`,
  )
  return `${told.verdict} (${told.rule})${entryText(told.entry)}${lists.join('')}${caveatText(told.caveats)}`
}

function eventText(context: Context, object: JsonObject): string {
  const time = timeOf(object)
  const { time: _, actor: __, ...rest } = object
  const event = { resources: [], outcome: 'succeeded', ...rest, actor: objectMember(object, 'actor') ?? {} }
  const timed = { ...event, ...(time === undefined ? {} : { time }) }
  const found = eventApprovals(context, timed as unknown as Parameters<typeof eventApprovals>[1])
  return found.map(({ entry, standing }) => `${standing}${entryText(entry)}`).join(', ') || 'none'
}

function asnOf(object: JsonObject): { readonly asn?: number } {
  return typeof object['asn'] === 'number' ? { asn: object['asn'] } : {}
}

function timeOf(object: JsonObject): number | undefined {
  const text = textMember(object, 'time')
  return text === undefined ? undefined : parseTime(text)
}

function verdictText({ verdict, rule, entry, caveats }: ReturnType<typeof accountVerdict>): string {
  return `${verdict} (${rule})${entryText(entry)}${caveatText(caveats)}`
}

function entryText(entry: Row | undefined): string {
  return entry === undefined ? '' : ` ${entryName(entry)}`
}

function caveatText(caveats: readonly string[]): string {
  return caveats.length === 0 ? '' : ` [${caveats.join('; ')}]`
}
