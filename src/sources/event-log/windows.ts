import type { JsonObject } from '../../core/json.ts'
import type { Source, Tags } from '../source.ts'
import { about, answers } from './categories.ts'
import { flat } from './flat.ts'
import { formOf } from './forms.ts'
import { isLinuxSysmon } from './linux-sysmon.ts'
import { eventId, eventTime, normalise } from './normalise.ts'

/** Splunk's add-on gives all channels one of two source types, and a source by the channel; before, that was the source type. */
const NAMED = { before: ['XmlWinEventLog:', 'WinEventLog:'], field: 'Channel' }

const OTHER = tags('windows/wineventlog')
const DEFENDER: Tags = {
  sourcetypes: ['mde:advancedhunting'],
  sourceCategories: ['windows/endpoint', 'windows/defender'],
}

const OF_CHANNELS: ReadonlyMap<string, Tags> = new Map([
  ['Security', tags('windows/security')],
  ['System', tags('windows/system')],
  ['Application', tags('windows/application')],
  ['Microsoft-Windows-Sysmon/Operational', tags('windows/sysmon')],
  ['Microsoft-Windows-PowerShell/Operational', tags('windows/powershell')],
  ['Windows PowerShell', tags('windows/powershell')],
])

const EVERY: readonly Tags[] = [OTHER, ...OF_CHANNELS.values(), DEFENDER]

/** The Windows event log: Security, Sysmon, PowerShell and every other channel; and Defender's device tables. */
export const windows: Source = {
  id: 'windows',
  title: 'Windows event log',
  tags: {
    sourcetypes: [...new Set(EVERY.flatMap(one => one.sourcetypes))],
    sourceCategories: [...new Set(EVERY.flatMap(one => one.sourceCategories))],
    named: NAMED,
  },
  tagsOf,
  answers,
  about,
  recognises: record => formOf(record) !== undefined && !isLinuxSysmon(record),
  flat,
  eventId,
  eventTime,
  normalise,
}

function tagsOf({ Channel: channel, ActionType: action }: JsonObject): Tags {
  if (typeof channel === 'string') return OF_CHANNELS.get(channel) ?? OTHER
  return typeof action === 'string' ? DEFENDER : OTHER
}

function tags(category: string): Tags {
  return {
    sourcetypes: ['XmlWinEventLog', 'WinEventLog'],
    sourceCategories: [...new Set([category, 'windows/wineventlog'])],
    named: NAMED,
  }
}
