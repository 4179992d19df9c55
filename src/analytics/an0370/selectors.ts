import { isObject, type Json, type JsonObject, parsedJson } from '../../core/json.ts'
import { isoTime } from '../../core/time.ts'
import type { Expr } from '../../plan/expr.ts'
import { and, is, or } from '../../sources/conditions.ts'
import { type AnalyticEvent, all, first } from '../analytic.ts'
import { base } from '../base.ts'
import { AUDIT } from './reads.ts'
import { type Scope, scopeOfAdvanced, scopeOfBasic } from './selector-scope.ts'

const SET = ['PutEventSelectors', 'CreateEventDataStore', 'UpdateEventDataStore'] as const
const OFF = ['StopLogging', 'DeleteTrail', 'StopEventDataStoreIngestion', 'DeleteEventDataStore'] as const
const ON = ['StartLogging', 'StartEventDataStoreIngestion'] as const
const CLOUDTRAIL: Expr = is('eventSource', 'cloudtrail.amazonaws.com')
const NAMES = ['trailName', 'name', 'eventDataStore'].map(name => `requestParameters.${name}`)
const BASIC = 'requestParameters.eventSelectors'
const ADVANCED = 'requestParameters.advancedEventSelectors'

/** What trails are told to record of objects. What `GetEventSelectors` was told is not in the log. */
export const selectorChanges = base({
  id: 'an0370-selectors',
  title: 'what a trail records is changed',
  logsource: AUDIT,
  where: and([CLOUDTRAIL, or([...SET, ...OFF, ...ON].map(name => is('eventName', name)))]) ?? CLOUDTRAIL,
  carry: [...NAMES, BASIC, ADVANCED],
})

interface Trail {
  readonly name: string
  scopes?: readonly Scope[]
  /** UTC ms. */
  setAt?: number
  setBy?: string
  stoppedAt?: number
}

const MOST_TRAILS = 10_000

/** Which objects trails record, as far as these logs show how they were set. */
export class Selectors {
  private readonly trails = new Map<string, Trail>()

  take(event: AnalyticEvent): void {
    const { action = '', outcome, account, actor } = event.hit.event
    const name = NAMES.flatMap(field => first(event, field) ?? [])[0]
    if (outcome === 'denied' || name === undefined) return
    const short = name.slice(name.lastIndexOf('/') + 1)
    const key = `${account} ${short}`
    const trail = this.trails.get(key) ?? { name: short }
    if (!this.trails.has(key) && this.trails.size >= MOST_TRAILS) return
    this.trails.set(key, trail)
    if (has(OFF, action)) trail.stoppedAt = event.time
    else if (has(ON, action)) delete trail.stoppedAt
    const scopes = has(SET, action) ? scopesOf(event) : []
    if (scopes.length === 0) return
    trail.scopes = scopes
    trail.setAt = event.time
    trail.setBy = actor.principal ?? 'somebody'
  }

  /** What is known of whether reads of a bucket are recorded, by the trail that records most of them. */
  about(bucket: string): Recorded | undefined {
    const known = [...this.trails.values()].filter(({ scopes }) => scopes !== undefined)
    const hows = known.map(trail => ({ how: coverage(trail, bucket), trail: trailText(trail) }))
    return ORDER.flatMap(how => hows.find(one => one.how === how) ?? [])[0]
  }
}

/** How reads of a bucket are recorded, and the trail that says so. */
export interface Recorded {
  readonly how: How
  readonly trail: string
}

export type How = 'recorded' | 'partly' | 'stopped' | 'unclear' | 'writes' | 'none'

const ORDER: readonly How[] = ['recorded', 'partly', 'stopped', 'unclear', 'writes', 'none']

function coverage({ scopes = [], stoppedAt }: Trail, bucket: string): How {
  const hows = scopes.map(scope => scope(bucket))
  if (hows.includes('all')) return stoppedAt === undefined ? 'recorded' : 'stopped'
  if (hows.includes('some')) return stoppedAt === undefined ? 'partly' : 'stopped'
  if (hows.includes('unclear')) return 'unclear'
  return hows.includes('writes') ? 'writes' : 'none'
}

function trailText({ name, setAt, setBy, stoppedAt }: Trail): string {
  const set = setAt === undefined ? '' : `, set ${isoTime(setAt)} by ${setBy}`
  return `trail ${name}${set}${stoppedAt === undefined ? '' : `, stopped ${isoTime(stoppedAt)}`}`
}

function scopesOf(event: AnalyticEvent): readonly Scope[] {
  return [
    ...all(event, ADVANCED).map(text => scopeOf(parsedJson(text), scopeOfAdvanced)),
    ...all(event, BASIC).map(text => scopeOf(parsedJson(text), scopeOfBasic)),
  ]
}

/** A selector that was cut cannot be read. */
function scopeOf(selector: Json | undefined, read: (selector: JsonObject) => Scope): Scope {
  return isObject(selector) ? read(selector) : () => 'unclear'
}

function has(list: readonly string[], name: string): boolean {
  return list.includes(name)
}
