import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import { type Diagnostic, Problems, type Span } from '../core/diagnostic.ts'
import { nearest } from '../core/nearest.ts'
import { placesIn } from '../core/places.ts'
import { parseDuration } from '../core/time.ts'
import { limits } from './limits.ts'
import type { ContextFile } from './raw.ts'
import { IDENTITY_CLASSES } from './tables/identities.ts'

/** The file of a context folder that sets parameters, without its ending. */
export const PARAMETERS_FILE = 'parameters'

/** Something that analytics leave to the organisation. Durations are in ms. */
export interface Parameter {
  readonly name: string
  readonly type: 'duration' | 'countries' | 'identities' | 'words' | 'number'
  readonly about: string
  readonly initial: readonly string[]
  readonly words?: readonly string[]
  /** Of a duration, in ms, or of a number. */
  readonly least?: number
  readonly most?: number
}

const MINUTE = 60_000

/** Those that ATT&CK 18.1 publishes as mutable elements of AN0370 and AN1318, and thresholds of ours. */
export const PARAMETERS: readonly Parameter[] = [
  {
    name: 'GeoDestinationThreshold',
    type: 'countries',
    about: 'Countries to which data is expected to go (AN0370); none means that no country is.',
    initial: [],
  },
  {
    name: 'IAMRoleContext',
    type: 'identities',
    about: 'Identities that are looked at (AN0370), as patterns.',
    initial: ['*'],
  },
  {
    name: 'ApprovedImages',
    type: 'words',
    about:
      'Tables whose images may be launched (AN1318): approvals that hold, images of ours in the inventory, images of vendors.',
    initial: ['approved_images', 'image_vendors'],
    words: ['approved_images', 'images', 'image_vendors'],
  },
  {
    name: 'UserContext',
    type: 'words',
    about: 'Classes and traits of identities that raise the risk (AN1318).',
    initial: ['human', 'partner', 'break-glass', 'federated', 'external-idp'],
    words: [...IDENTITY_CLASSES, 'unknown', 'privileged', 'federated', 'external-idp', 'terminated'],
  },
  {
    name: 'TimeWindow',
    type: 'duration',
    about: 'How long after a launch a connection counts as its consequence (AN1318).',
    initial: ['30m'],
    least: MINUTE,
    most: 24 * 60 * MINUTE,
  },
  {
    name: 'StrongWindow',
    type: 'duration',
    about: 'How long after a launch a connection is strong evidence (AN1318); at most TimeWindow.',
    initial: ['5m'],
    least: MINUTE,
    most: 24 * 60 * MINUTE,
  },
  {
    name: 'WeakWindow',
    type: 'duration',
    about: 'How long after a launch a connection is weak evidence (AN1318); at least TimeWindow.',
    initial: ['24h'],
    least: MINUTE,
    most: 7 * 24 * 60 * MINUTE,
  },
  {
    name: 'EgressWindow',
    type: 'duration',
    about: 'How long after a read what the machine sends to outside counts as its consequence (AN0370).',
    initial: ['60m'],
    least: MINUTE,
    most: 24 * 60 * MINUTE,
  },
  {
    name: 'SensitiveFrom',
    type: 'words',
    about: 'The least classification that makes a bucket sensitive (AN0370); buckets of logs always are.',
    initial: ['confidential'],
    words: ['internal', 'confidential', 'restricted', 'regulated'],
  },
  {
    name: 'BulkObjects',
    type: 'number',
    about: 'Objects in ten minutes that are bulk (AN0370).',
    initial: ['100'],
    least: 1,
    most: 1e9,
  },
  {
    name: 'BulkBytes',
    type: 'number',
    about: 'Bytes in ten minutes that are bulk (AN0370).',
    initial: ['1073741824'],
    least: 1,
    most: 1e15,
  },
]

export interface ParameterValue {
  readonly parameter: Parameter
  readonly values: readonly string[]
  /** Of a duration. */
  readonly ms?: number
  /** Where the value comes from: `default`, a file and line, or `--param`. */
  readonly from: string
}

export interface ParametersRead {
  readonly values: ReadonlyMap<string, ParameterValue>
  readonly problems: readonly {
    readonly file: string
    readonly text: string
    readonly problems: readonly Diagnostic[]
  }[]
}

/** Defaults, over them the file's, over them the command line's `NAME=VALUE` (lists with commas). */
export function parametersOf(file: ContextFile | undefined, given: readonly string[]): ParametersRead {
  const values = new Map(PARAMETERS.map(one => [one.name, settingOf(one, one.initial, 'default')]))
  const said: { file: string; text: string; problems: readonly Diagnostic[] }[] = []
  const inFile = new Problems()
  for (const { name, texts, at } of file === undefined ? [] : entriesOf(file, inFile))
    set(values, { name, texts, from: `${file?.file}:${at.line}`, at }, inFile)
  if (file !== undefined && inFile.list.length > 0) said.push({ ...file, problems: inFile.list })
  for (const text of given) {
    const problems = new Problems()
    const [, name = text, list = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? []
    const texts = list.split(',').flatMap(part => part.trim() || [])
    set(values, { name: name.trim(), texts, from: '--param' }, problems)
    if (problems.list.length > 0) said.push({ file: '--param', text, problems: problems.list })
  }
  return { values, problems: said }
}

interface Setting {
  readonly name: string
  readonly texts: readonly string[]
  readonly from: string
  readonly at?: Span
}

function set(
  values: Map<string, ParameterValue>,
  { name, texts, from, at }: Setting,
  problems: Problems,
): void {
  const parameter = PARAMETERS.find(one => one.name === name)
  if (parameter === undefined) {
    const names = PARAMETERS.map(one => one.name)
    const close = nearest(name, names)
    problems.error('context/unknown-parameter', `there is no parameter "${name}"`, {
      at,
      help: close === undefined ? `there are ${names.join(', ')}` : `did you mean "${close}"?`,
    })
    return
  }
  const wrong = texts.flatMap(text => mistake(parameter, text) ?? [])[0] ?? tooFew(parameter, texts)
  if (wrong === undefined) values.set(name, settingOf(parameter, texts, from))
  else problems.error('context/parameter', `${name}: ${wrong}`, { at, help: parameter.about })
}

function settingOf(parameter: Parameter, values: readonly string[], from: string): ParameterValue {
  const ms = parameter.type === 'duration' ? parseDuration(values[0] ?? '') : undefined
  return { parameter, values, from, ...(ms === undefined ? {} : { ms }) }
}

function tooFew({ type }: Parameter, texts: readonly string[]): string | undefined {
  if (type !== 'duration' && type !== 'number') return undefined
  return texts.length === 1 ? undefined : 'it takes one value'
}

function mistake(
  { type, words = [], least = 0, most = Number.POSITIVE_INFINITY }: Parameter,
  text: string,
): string | undefined {
  if (text.length > limits.cell) return 'a value is too long'
  switch (type) {
    case 'duration': {
      const ms = parseDuration(text)
      if (ms === undefined) return `"${text}" is no duration such as 30m or 24h`
      return ms < least || ms > most
        ? `"${text}" is not from ${least / MINUTE}m to ${most / MINUTE}m`
        : undefined
    }
    case 'number': {
      const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
      return number >= least && number <= most
        ? undefined
        : `"${text}" is no whole number from ${least} to ${most}`
    }
    case 'countries':
      return /^[A-Z]{2}$/.test(text) ? undefined : `"${text}" is no country code of two capital letters`
    case 'words':
      return words.includes(text) ? undefined : `"${text}" is none of ${words.join(', ')}`
    case 'identities':
      return undefined
  }
}

interface Entry {
  readonly name: string
  readonly texts: readonly string[]
  readonly at: Span
}

/** A YAML map of names to values or lists of them. */
function entriesOf({ text }: ContextFile, problems: Problems): readonly Entry[] {
  const places = placesIn(text)
  const document = parseDocument(text.slice(0, limits.yaml), { prettyErrors: false, logLevel: 'error' })
  for (const { message, pos } of document.errors.slice(0, 5))
    problems.error('context/yaml', `YAML: ${message}`, { at: places(pos[0], pos[1]) })
  const { contents } = document
  if (document.errors.length > 0 || contents === null) return []
  if (!isMap(contents)) {
    problems.error('context/shape', 'the file is not a map of parameters to values', { at: places(0, 1) })
    return []
  }
  return contents.items.flatMap(({ key, value }): readonly Entry[] => {
    const [start = 0, end = 1] = isScalar(key) ? (key.range ?? []) : []
    const items: readonly unknown[] = isSeq(value) ? value.items : [value]
    const texts = items.flatMap(item => (isScalar(item) && item.value !== null ? [String(item.value)] : []))
    return isScalar(key) ? [{ name: String(key.value), texts, at: places(start, end) }] : []
  })
}
