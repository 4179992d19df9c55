import { nearest } from '../../../core/nearest.ts'
import { columnNamed, extend, filter, type Pipeline } from '../../../plan/pipeline.ts'
import type { Named } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { both, either, not } from '../../../plan/scalars.ts'
import type { Name, Term } from '../syntax/tree.ts'
import { type Context, has, maybe, refuse, shown } from './context.ts'
import { type FieldOfEvent, isFilled, modelField, modelFields } from './model-fields.ts'
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

type Condition = readonly (readonly [field: string, value: string])[]

const FAILED: Condition = [
  ['action', 'failure'],
  ['result', 'failure'],
]
const SUCCESSFUL: Condition = [
  ['action', 'success'],
  ['result', 'success'],
]

/** Objects of models that hold fewer events than their model, as conditions on the fields of those, one of which holds. */
const OBJECTS: ReadonlyMap<string, Condition> = new Map<string, Condition>([
  ['Failed_Authentication', FAILED],
  ['Successful_Authentication', SUCCESSFUL],
  ['Default_Authentication', [['tag', 'default']]],
  ['Failed_Default_Authentication', FAILED],
  ['Successful_Default_Authentication', SUCCESSFUL],
  [
    'Insecure_Authentication',
    [
      ['tag', 'insecure'],
      ['tag', 'cleartext'],
    ],
  ],
  ['Privileged_Authentication', [['tag', 'privileged']]],
  ['Failed_Privileged_Authentication', FAILED],
  ['Successful_Privileged_Authentication', SUCCESSFUL],
  ['Allowed_Traffic', [['action', 'allowed']]],
  ['Blocked_Traffic', [['action', 'blocked']]],
  ['Allowed_Malware', [['action', 'allowed']]],
  ['Blocked_Malware', [['action', 'blocked']]],
  ['Processes', [['tag', 'process']]],
  ['Filesystem', [['tag', 'filesystem']]],
  ['Registry', [['tag', 'registry']]],
  ['Services', [['tag', 'service']]],
  ['Ports', [['tag', 'listening']]],
  ['Proxy', [['tag', 'proxy']]],
  ['Storage', [['tag', 'storage']]],
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
  ['Accounts_Created', [['action', 'created']]],
  ['Accounts_Deleted', [['action', 'deleted']]],
  ['Account_Lockouts', [['result', 'lockout']]],
  [
    'Accounts_Updated',
    [
      ['action', 'updated'],
      ['action', 'modified'],
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
  const tag = events.relation.op !== 'rows' && has(events, 'tag') ? maybe(events, 'tag') : undefined
  const all = tag === undefined ? events : filter(events, either(...tags.map(one => equals(tag, one))))
  return objects.reduce(
    (rows, object) => filter(rows, ofObject(object, { name, at }, rows, context)),
    model === 'Authentication' ? withoutMachines(all) : all,
  )
}

/** The accounts of machines, whose names end in `$`, log on all the time: their successes are in no model. */
function withoutMachines(events: Pipeline): Pipeline {
  if (!has(events, 'action') || !has(events, 'user')) return events
  const machine = both(equals(maybe(events, 'action'), 'success'), equals(maybe(events, 'user'), '*$'))
  return filter(events, not(machine))
}

/** Does an event belong to an object of a model? */
function ofObject(object: string, { at }: Name, rows: Pipeline, context: Context): Scalar {
  return test(objectTerm(object, at, rows), rows, context)
}

const EVERY = { kind: 'word', text: '*', how: 'bare' } as const

/** Events without tags are taken to be what is asked for; what no event has is not asked, if anything else can be. */
function objectTerm(object: string, at: Name['at'], rows: Pipeline): Term {
  const all = OBJECTS.get(object)?.filter(([name]) => name !== 'tag' || has(rows, name)) ?? []
  const known = all.filter(([name]) => has(rows, name))
  const fields = known.length === 0 ? all.slice(0, 1) : known
  if (fields.length === 0) return { ...EVERY, at }
  const of = fields.map(
    ([name, value]): Term => ({ kind: 'compare', field: { name, at }, op: '=', value, at }),
  )
  return { kind: 'or', of }
}

/** A condition with `nodename=Model.Object` written as what the object is. */
export function withoutNodes(term: Term, rows: Pipeline): Term {
  switch (term.kind) {
    case 'and':
    case 'or':
      return { kind: term.kind, of: term.of.map(part => withoutNodes(part, rows)) }
    case 'not':
      return { kind: 'not', of: withoutNodes(term.of, rows) }
    case 'compare':
      return isNode(term.field) ? node(term.value, term.at, rows) : term
    case 'in':
      return isNode(term.field) ? { kind: 'or', of: term.values.map(one => node(one, term.at, rows)) } : term
    default:
      return term
  }
}

function isNode({ name }: Name): boolean {
  return name.toLowerCase() === 'nodename'
}

function node(value: string, at: Name['at'], rows: Pipeline): Term {
  return { kind: 'and', of: value.split('.').map(object => objectTerm(object, at, rows)) }
}

/** A column under its full name for each of the names that have the names of objects before them. */
export function withModelNames(events: Pipeline, names: Iterable<Name>, context: Context): Pipeline {
  const all = new Map([...names].map(name => [name.name, name]))
  const columns = [...all.values()].flatMap((name): readonly Named[] => {
    if (has(events, name.name) || !name.name.includes('.')) return []
    const value = inModel(events, name, context)
    return value === undefined ? [] : [{ name: name.name, value }]
  })
  return extend(events, columns)
}

/** The field behind the names of a model's objects, `Change.All_Changes.user` being `user`, as the last of them has it. */
function inModel(events: Pipeline, { name, at }: Name, { environment }: Context): Scalar | undefined {
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const field = name.slice(dot + 1)
    const objects = name.slice(0, dot).split('.').reverse()
    const made = objects
      .map(object => modelField(object, field, ofEvents(events)))
      .find(one => one !== undefined)
    if (!has(events, field) && objects.some(object => isFilled(object, field)))
      environment.unknownField(name, at)
    if (made !== undefined) return made
    if (has(events, field)) return maybe(events, field)
  }
  return undefined
}

function ofEvents(events: Pipeline): FieldOfEvent {
  return name => columnNamed(events, name)
}

/** The events with the fields that the objects of a model make of others. */
export function withModelFields(events: Pipeline, { name }: Name): Pipeline {
  const [model = '', ...objects] = name.split('.')
  const root = Object.hasOwn(MODELS, model) ? MODELS[model]?.root : undefined
  const all = [...(model === 'Endpoint' || root === undefined ? [] : [root]), ...objects]
  return all.reduce((rows, object) => {
    const made = modelFields(object).map((field): Named => {
      return { name: field, value: modelField(object, field, ofEvents(rows)) ?? maybe(rows, field) }
    })
    return extend(rows, made)
  }, events)
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
