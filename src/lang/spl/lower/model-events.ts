import { nearest } from '../../../core/nearest.ts'
import { extend, filter, type Pipeline } from '../../../plan/pipeline.ts'
import type { Named } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { either } from '../../../plan/scalars.ts'
import type { Name, Term } from '../syntax/tree.ts'
import { type Context, has, maybe, refuse, shown } from './context.ts'
import { equals, test } from './term.ts'

interface Model {
  readonly tags: readonly string[]
  /** The object that all others belong to, whose name stands before their fields. */
  readonly root: string
}

/** The data models of Splunk's common information model: the tags of their events, and their first objects. */
const MODELS: Readonly<Record<string, Model>> = {
  Alerts: { tags: ['alert'], root: 'Alerts' },
  Authentication: { tags: ['authentication'], root: 'Authentication' },
  Certificates: { tags: ['certificate'], root: 'All_Certificates' },
  Change: { tags: ['change'], root: 'All_Changes' },
  Compute_Inventory: { tags: ['inventory'], root: 'All_Inventory' },
  Data_Access: { tags: ['data', 'access'], root: 'Data_Access' },
  Databases: { tags: ['database'], root: 'All_Databases' },
  DLP: { tags: ['dlp'], root: 'DLP_Incidents' },
  Email: { tags: ['email'], root: 'All_Email' },
  Endpoint: {
    tags: ['endpoint', 'process', 'registry', 'filesystem', 'service', 'port', 'listening'],
    root: 'Processes',
  },
  Event_Signatures: { tags: ['track_event_signatures'], root: 'Signatures' },
  Interprocess_Messaging: { tags: ['messaging'], root: 'All_Interprocess_Messaging' },
  Intrusion_Detection: { tags: ['ids'], root: 'IDS_Attacks' },
  Inventory: { tags: ['inventory'], root: 'All_Inventory' },
  Malware: { tags: ['malware'], root: 'Malware_Attacks' },
  Network_Resolution: { tags: ['dns'], root: 'DNS' },
  Network_Sessions: { tags: ['session'], root: 'All_Sessions' },
  Network_Traffic: { tags: ['network', 'communicate'], root: 'All_Traffic' },
  Performance: { tags: ['performance'], root: 'All_Performance' },
  Risk: { tags: ['risk'], root: 'All_Risk' },
  Splunk_Audit: { tags: ['modaction'], root: 'Modular_Actions' },
  Ticket_Management: { tags: ['ticketing'], root: 'All_Ticket_Management' },
  Updates: { tags: ['update'], root: 'Updates' },
  Vulnerabilities: { tags: ['vulnerability'], root: 'Vulnerabilities' },
  Web: { tags: ['web'], root: 'Web' },
}

/** Objects of models that hold fewer events than their model, as conditions on the fields of those. */
const OBJECTS: ReadonlyMap<string, readonly (readonly [field: string, value: string])[]> = new Map([
  ['Failed_Authentication', [['action', 'failure']]],
  ['Successful_Authentication', [['action', 'success']]],
  ['Allowed_Traffic', [['action', 'allowed']]],
  ['Blocked_Traffic', [['action', 'blocked']]],
  ['Allowed_Malware', [['action', 'allowed']]],
  ['Blocked_Malware', [['action', 'blocked']]],
  ['Processes', [['tag', 'process']]],
  ['Filesystem', [['tag', 'filesystem']]],
  ['Registry', [['tag', 'registry']]],
  ['Services', [['tag', 'service']]],
  ['Ports', [['tag', 'listening']]],
  [
    'Account_Management',
    [
      ['object_category', 'user'],
      ['object_category', 'role'],
      ['object_category', 'group'],
      ['object_category', 'account'],
      ['tag', 'account'],
    ],
  ],
  [
    'Instance_Changes',
    [
      ['object_category', 'instance'],
      ['tag', 'instance'],
    ],
  ],
  [
    'Network_Changes',
    [
      ['object_category', 'firewall'],
      ['object_category', 'network*'],
      ['tag', 'network'],
    ],
  ],
])

/** The events of a model, or of one of its objects: `Authentication`, `Authentication.Failed_Authentication`. */
export function modelEvents({ name, at }: Name, context: Context): Pipeline {
  const { events } = context.environment
  const [model = '', ...objects] = name.split('.')
  const tags = Object.hasOwn(MODELS, model) ? MODELS[model]?.tags : undefined
  if (tags === undefined) {
    const near = nearest(model, Object.keys(MODELS))
    const help = near === undefined ? `there is ${Object.keys(MODELS).join(', ')}` : `did you mean "${near}"?`
    return refuse('spl/unknown-model', `there is no data model "${model}"`, at, help)
  }
  const tag = events.relation.op === 'table' && has(events, 'tag') ? maybe(events, 'tag') : undefined
  const all = tag === undefined ? events : filter(events, either(...tags.map(one => equals(tag, one))))
  return objects.reduce((rows, object) => filter(rows, ofObject(object, { name, at }, rows, context)), all)
}

/** Does an event belong to an object of a model? */
function ofObject(object: string, { at }: Name, rows: Pipeline, context: Context): Scalar {
  return test(objectTerm(object, at, has(rows, 'tag')), rows, context)
}

const EVERY = { kind: 'word', text: '*', how: 'bare' } as const

/** Events without tags are taken to be what is asked for. */
function objectTerm(object: string, at: Name['at'], tagged = true): Term {
  const fields = OBJECTS.get(object)?.filter(([name]) => tagged || name !== 'tag') ?? []
  if (fields.length === 0) return { ...EVERY, at }
  const of = fields.map(
    ([name, value]): Term => ({ kind: 'compare', field: { name, at }, op: '=', value, at }),
  )
  return { kind: 'or', of }
}

/** A condition with `nodename=Model.Object` written as what the object is. */
export function withoutNodes(term: Term): Term {
  switch (term.kind) {
    case 'and':
    case 'or':
      return { kind: term.kind, of: term.of.map(withoutNodes) }
    case 'not':
      return { kind: 'not', of: withoutNodes(term.of) }
    case 'compare':
      return isNode(term.field) ? node(term.value, term.at) : term
    case 'in':
      return isNode(term.field) ? { kind: 'or', of: term.values.map(one => node(one, term.at)) } : term
    default:
      return term
  }
}

function isNode({ name }: Name): boolean {
  return name.toLowerCase() === 'nodename'
}

function node(value: string, at: Name['at']): Term {
  return objectTerm(value.slice(value.lastIndexOf('.') + 1), at)
}

/** A column under its full name for each of the names that have the names of objects before them. */
export function withModelNames(events: Pipeline, names: Iterable<string>): Pipeline {
  const columns = [...new Set(names)].flatMap((name): readonly Named[] => {
    if (has(events, name) || !name.includes('.')) return []
    const value = stripped(events, name)
    return value === undefined ? [] : [{ name, value }]
  })
  return extend(events, columns)
}

/** The field behind the names of a model's objects, `Change.All_Changes.user` being `user`. */
function stripped(events: Pipeline, name: string): Scalar | undefined {
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const rest = name.slice(dot + 1)
    if (has(events, rest)) return maybe(events, rest)
  }
  return undefined
}

/** All fields with the names of an object and of its model's first one before them, but those inside of others. */
export function underObject(events: Pipeline, model: string, object: string): Pipeline {
  const root = Object.hasOwn(MODELS, model) ? MODELS[model]?.root : undefined
  const prefixes = new Set([object, ...(root === undefined ? [] : [root])])
  const columns = shown(events)
    .filter(({ name }) => /^[A-Za-z]\w*$/.test(name))
    .flatMap(({ name, value }) =>
      [...prefixes].map((prefix): Named => ({ name: `${prefix}.${name}`, value })),
    )
  return extend(events, columns)
}
