import { isObject, type Json, type JsonObject, member } from '../../core/json.ts'

/** How much of the reads of a bucket a selector lets a trail record. */
export type Scope = (bucket: string) => 'all' | 'some' | 'writes' | 'none' | 'unclear'

/** `{"readWriteType": …, "dataResources": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3:::bucket/prefix"]}]}` */
export function scopeOfBasic(selector: JsonObject): Scope {
  const resources = objects(member(selector, 'dataResources')).filter(
    one => member(one, 'type') === 'AWS::S3::Object',
  )
  const starts = resources.flatMap(one => texts(member(one, 'values')))
  const writes = member(selector, 'readWriteType') === 'WriteOnly'
  return bucket => narrowed(startsWith(starts, bucket), writes)
}

/** `{"fieldSelectors": [{"field": "resources.ARN", "startsWith": ["arn:aws:s3:::bucket/"]}, …]}`, which must all hold. */
export function scopeOfAdvanced(selector: JsonObject): Scope {
  const fields = objects(member(selector, 'fieldSelectors'))
  const of = (name: string): readonly JsonObject[] => fields.filter(one => member(one, 'field') === name)
  const equals = (name: string): readonly string[] => of(name).flatMap(one => texts(member(one, 'equals')))
  if (!equals('eventCategory').includes('Data')) return () => 'none'
  if (!equals('resources.type').includes('AWS::S3::Object')) return () => 'none'
  const writes = equals('readOnly').includes('false')
  const arns = of('resources.ARN')
  // Names of events and of callers may leave out anything.
  const narrow = ['eventName', 'userIdentity.arn', 'sessionCredentialFromConsole', 'vpcEndpointId'].some(
    name => of(name).length > 0,
  )
  return bucket => {
    const reach = arns.map(one => reachOf(one, bucket)).reduce(lesser, 'all')
    return narrowed(narrow && reach === 'all' ? 'some' : reach, writes)
  }
}

type Reach = 'all' | 'some' | 'none'

function reachOf(condition: JsonObject, bucket: string): Reach {
  const list = (name: string): readonly string[] => texts(member(condition, name))
  const arn = `arn:aws:s3:::${bucket}/`
  const named = [...list('startsWith'), ...list('equals'), ...list('endsWith')]
  const out = startsWith([...list('notStartsWith'), ...list('notEquals')], bucket)
  if (out === 'all') return 'none'
  const left: Reach = out === 'some' || list('notEndsWith').length > 0 ? 'some' : 'all'
  if (named.length === 0) return left
  const whole = startsWith(list('startsWith'), bucket)
  if (whole !== 'none') return lesser(whole, left)
  const some = list('equals').some(text => text.startsWith(arn)) || list('endsWith').length > 0
  return some ? 'some' : 'none'
}

/** `arn:aws:s3` and `arn:aws:s3:::` stand for every bucket. */
function startsWith(starts: readonly string[], bucket: string): Reach {
  const arn = `arn:aws:s3:::${bucket}/`
  if (starts.some(start => arn.startsWith(start) && start !== '')) return 'all'
  return starts.some(start => start.startsWith(arn)) ? 'some' : 'none'
}

function narrowed(reach: Reach, writes: boolean): ReturnType<Scope> {
  return reach !== 'none' && writes ? 'writes' : reach
}

const REACH: readonly Reach[] = ['none', 'some', 'all']

function lesser(a: Reach, b: Reach): Reach {
  return REACH.indexOf(a) <= REACH.indexOf(b) ? a : b
}

function objects(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter(one => typeof one === 'string') : []
}
