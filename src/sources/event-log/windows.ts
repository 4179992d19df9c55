import type { JsonObject } from '../../core/json.ts'
import type { Source, Tags } from '../source.ts'
import { about, answers } from './categories.ts'
import { flat } from './flat.ts'
import { formOf } from './forms.ts'
import { isLinuxSysmon } from './linux-sysmon.ts'
import { eventId, eventTime, normalise } from './normalise.ts'

const OTHER = tags('', 'windows/wineventlog')
const DEFENDER: Tags = {
  sourcetypes: ['mde:advancedhunting'],
  sourceCategories: ['windows/endpoint', 'windows/defender'],
}

const OF_CHANNELS: ReadonlyMap<string, Tags> = new Map([
  ['Security', tags('Security', 'windows/security')],
  ['System', tags('System', 'windows/system')],
  ['Application', tags('Application', 'windows/application')],
  ['Microsoft-Windows-Sysmon/Operational', tags('Microsoft-Windows-Sysmon/Operational', 'windows/sysmon')],
  [
    'Microsoft-Windows-PowerShell/Operational',
    tags('Microsoft-Windows-PowerShell/Operational', 'windows/powershell'),
  ],
  ['Windows PowerShell', tags('Windows PowerShell', 'windows/powershell')],
])

const EVERY: readonly Tags[] = [OTHER, ...OF_CHANNELS.values(), DEFENDER]

/** The Windows event log: Security, Sysmon, PowerShell and every other channel; and Defender's device tables. */
export const windows: Source = {
  id: 'windows',
  title: 'Windows event log',
  tags: {
    sourcetypes: [...new Set(EVERY.flatMap(one => one.sourcetypes))],
    sourceCategories: [...new Set(EVERY.flatMap(one => one.sourceCategories))],
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

/** Splunk's add-on gives all channels one of two source types; before it did, the channel's name came behind. */
function tags(channel: string, category: string): Tags {
  const before = channel === '' ? [] : [`XmlWinEventLog:${channel}`, `WinEventLog:${channel}`]
  return {
    sourcetypes: ['XmlWinEventLog', 'WinEventLog', ...before],
    sourceCategories: [...new Set([category, 'windows/wineventlog'])],
  }
}
