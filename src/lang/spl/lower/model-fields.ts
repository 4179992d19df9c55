import { regex } from '../../../plan/regex.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, both, call, coalesce, compare, isNull, not, nothing, text } from '../../../plan/scalars.ts'
import { chosen } from './functions/conditions.ts'

/** A field of an event, if it has it. */
export type FieldOfEvent = (name: string) => Scalar | undefined

/** Fields that are `unknown` where an event lacks them, by the objects of models. */
const UNKNOWN: Readonly<Record<string, readonly string[]>> = {
  Ports: ['src', 'dest', 'user', 'transport'],
  Processes: [
    ...['dest', 'user', 'parent_user', 'loaded_file', 'original_file_name'],
    ...['process', 'process_name', 'parent_process', 'parent_process_name'],
  ],
  Services: ['dest', 'user', 'service', 'service_name', 'service_id', 'start_mode', 'status'],
  Filesystem: [
    ...['action', 'dest', 'user', 'file_hash', 'file_name', 'file_path', 'file_acl'],
    ...['process', 'process_name', 'parent_process', 'parent_process_name'],
  ],
  Registry: [
    ...['action', 'dest', 'user', 'process', 'process_name', 'parent_process', 'parent_process_name'],
    ...[
      'registry_path',
      'registry_key_name',
      'registry_value_data',
      'registry_value_name',
      'registry_value_type',
    ],
  ],
  All_Traffic: ['action', 'dest', 'dvc', 'rule', 'src', 'user'],
  Web: [
    ...['action', 'dest', 'src', 'user', 'status', 'url'],
    ...['http_content_type', 'http_method', 'http_referrer', 'http_user_agent'],
  ],
  DNS: ['answer', 'dest', 'message_type', 'query'],
  Authentication: ['action', 'dest', 'src', 'src_user', 'user', 'result'],
  All_Changes: [
    ...['action', 'change_type', 'command', 'dest', 'dvc', 'src', 'status', 'user', 'user_name'],
    ...['object', 'object_attrs', 'object_category', 'object_id', 'object_path'],
  ],
  Account_Management: ['dest_nt_domain', 'src_nt_domain', 'src_user', 'src_user_name'],
  Instance_Changes: ['image_id', 'instance_type'],
}

type Calculation = (field: FieldOfEvent) => Scalar

/** Fields that are made of others. */
const CALCULATED: Readonly<Record<string, Readonly<Record<string, Calculation>>>> = {
  Ports: { src_port: orZero('src_port'), dest_port: orZero('dest_port') },
  Processes: {
    process_integrity_level: field => call('lower', said(field, 'process_integrity_level')),
  },
  All_Traffic: {
    ...totals('bytes'),
    ...totals('packets'),
    src_port: orZero('src_port'),
    dest_port: orZero('dest_port'),
    transport: field => call('lower', orUnknown(said(field, 'transport'))),
  },
  Web: {
    ...totals('bytes'),
    url_length: field => call('length', spoken(field, 'Web', 'url')),
    http_user_agent_length: field => call('length', spoken(field, 'Web', 'http_user_agent')),
    url_domain: field => coalesce(said(field, 'url_domain'), domainOf(spoken(field, 'Web', 'url'))),
    http_referrer_domain: field =>
      coalesce(said(field, 'http_referrer_domain'), domainOf(said(field, 'http_referrer'))),
  },
  DNS: {
    answer_count: countOf('answer'),
    query_count: countOf('query'),
    reply_code_id: field => orUnknown(coalesce(said(field, 'reply_code_id'), said(field, 'reply_code'))),
    reply_code: field => orUnknown(coalesce(said(field, 'reply_code'), said(field, 'reply_code_id'))),
  },
  Authentication: { app: field => coalesce(said(field, 'app'), said(field, 'sourcetype')) },
  All_Changes: {
    result: field => orUnknown(coalesce(said(field, 'result'), said(field, 'signature'))),
    result_id: field => coalesce(said(field, 'result_id'), said(field, 'signature_id'), text('-1')),
  },
}

/** Every field that the models make of others has these to look at. */
export const MODEL_INPUTS: readonly string[] = [
  ...['sourcetype', 'vendor', 'product', 'signature', 'signature_id', 'reply_code', 'reply_code_id', 'url'],
  ...[
    'http_user_agent',
    'http_referrer',
    'bytes',
    'bytes_in',
    'bytes_out',
    'packets',
    'packets_in',
    'packets_out',
  ],
  ...['user', 'answer', 'query'],
]

/** What a field says in an object of a model, where that is not just what the event says. */
export function modelField(object: string, name: string, field: FieldOfEvent): Scalar | undefined {
  if (name === 'vendor_product') return vendorProduct(field)
  const made = Object.hasOwn(CALCULATED, object) ? CALCULATED[object] : undefined
  if (made !== undefined && Object.hasOwn(made, name)) return made[name]?.(field)
  return isFilled(object, name) ? spoken(field, object, name) : undefined
}

/** Names of the fields that an object has of its own. */
export function modelFields(object: string): readonly string[] {
  const made = Object.hasOwn(CALCULATED, object) ? Object.keys(CALCULATED[object] ?? {}) : []
  const all = Object.hasOwn(UNKNOWN, object) ? (UNKNOWN[object] ?? []) : []
  return [...new Set([...all, ...made])]
}

/** Does the object have the field of the event, but `unknown` where there is none? */
export function isFilled(object: string, name: string): boolean {
  return Object.hasOwn(UNKNOWN, object) && UNKNOWN[object]?.includes(name) === true
}

function spoken(field: FieldOfEvent, object: string, name: string): Scalar {
  const value = field(name)
  if (value?.type === 'list') return coalesce(value, as('list', text('unknown')))
  return orUnknown(object === 'Web' ? unlessDash(said(field, name)) : said(field, name))
}

/** What an event says; an empty text is nothing. */
function said(field: FieldOfEvent, name: string): Scalar {
  const value = field(name)
  if (value === undefined) return nothing('text')
  const words = as('text', value)
  return chosen([[both(not(isNull(words)), compare('ne', words, text(''), { how: 'text' })), words]])
}

function unlessDash(value: Scalar): Scalar {
  return chosen([[compare('ne', value, text('-'), { how: 'text' }), value]])
}

function orUnknown(value: Scalar): Scalar {
  return coalesce(value, text('unknown'))
}

function orZero(name: string): Calculation {
  return field => {
    const value = said(field, name)
    return chosen([[not(isNull(as('number', value))), value]], text('0'))
  }
}

/** A total and its two parts, each of which is known if the others are. */
function totals(name: string): Readonly<Record<string, Calculation>> {
  const [all, into, out] = [name, `${name}_in`, `${name}_out`]
  const number = (field: FieldOfEvent, one: string): Scalar => as('number', said(field, one))
  const made =
    (own: string, how: 'add' | 'subtract', first: string, second: string): Calculation =>
    field =>
      coalesce(number(field, own), call(how, number(field, first), number(field, second)))
  return {
    [all]: made(all, 'add', into, out),
    [into]: made(into, 'subtract', all, out),
    [out]: made(out, 'subtract', all, into),
  }
}

function countOf(name: string): Calculation {
  return field => {
    const counted = as('number', said(field, `${name}_count`))
    const value = field(name)
    const several = value?.type === 'list' ? call('list_length', value) : as('number', text('1'))
    return coalesce(counted, several, as('number', text('1')))
  }
}

const DOMAIN = '^(?:[A-Za-z]+://)?(?:[^/@]*@)?([^/:]+)'

function domainOf(url: Scalar): Scalar {
  return { kind: 'capture', of: url, regex: regex(DOMAIN), group: 1, all: false, type: 'text' }
}

function vendorProduct(field: FieldOfEvent): Scalar {
  const [vendor, product] = [said(field, 'vendor'), said(field, 'product')]
  return coalesce(
    said(field, 'vendor_product'),
    call('concat', vendor, text(' '), product),
    call('concat', vendor, text(' unknown')),
    call('concat', text('unknown '), product),
    said(field, 'sourcetype'),
    text('unknown'),
  )
}
