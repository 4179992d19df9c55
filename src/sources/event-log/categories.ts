import type { LogSource } from '../../core/log-source.ts'
import type { Expr } from '../../plan/expr.ts'
import { and, begins, eventsOf, is, or } from '../conditions.ts'
import { CHANNELS } from './channels.ts'

/** Is a rule with this log source about Windows? The words are Sigma's; one that is not known here is about other logs. */
export function answers({ product, category, service }: LogSource): boolean {
  if (product !== undefined && product.toLowerCase() !== 'windows') return false
  if (category !== undefined && !CATEGORIES.has(category.toLowerCase())) return false
  return service === undefined || CHANNELS.has(service.toLowerCase())
}

/** Which Windows events a rule with this log source is about. */
export function about({ category, service }: LogSource): Expr | undefined {
  const channels = service === undefined ? undefined : CHANNELS.get(service.toLowerCase())
  return and([
    category === undefined ? undefined : CATEGORIES.get(category.toLowerCase()),
    channels === undefined ? undefined : eventsOf(channels),
  ])
}

const SYSMON = ['Microsoft-Windows-Sysmon/Operational']
const POWERSHELL = CHANNELS.get('powershell') ?? []
const CLASSIC = CHANNELS.get('powershell-classic') ?? []

/** Numbers of Sysmon's events, by Sigma's category. */
const OF_SYSMON = {
  file_change: [2],
  process_termination: [5],
  driver_load: [6],
  image_load: [7],
  create_remote_thread: [8],
  raw_access_thread: [9],
  process_access: [10],
  registry_add: [12],
  registry_delete: [12],
  registry_set: [13],
  registry_rename: [14],
  registry_event: [12, 13, 14],
  create_stream_hash: [15],
  pipe_created: [17, 18],
  wmi_event: [19, 20, 21],
  dns_query: [22],
  file_delete: [23, 26],
  clipboard_capture: [24],
  process_tampering: [25],
  file_delete_detected: [26],
  file_block_executable: [27],
  file_block_shredding: [28],
  file_executable_detected: [29],
  sysmon_status: [4, 16],
  sysmon_error: [255],
} as const

/** Sigma's categories for Windows, and which events each is about: Sysmon's, and where they tell the same, others. */
const CATEGORIES: ReadonlyMap<string, Expr> = new Map<string, Expr>([
  ...Object.entries(OF_SYSMON).map(([name, ids]) => [name, eventsOf(SYSMON, ids)] as const),
  [
    'process_creation',
    or([eventsOf(SYSMON, [1]), eventsOf(['Security'], [4688]), is('ActionType', 'ProcessCreated')]),
  ],
  ['network_connection', or([eventsOf(SYSMON, [3]), begins('ActionType', 'Connection')])],
  ['file_event', or([eventsOf(SYSMON, [11]), is('ActionType', 'FileCreated')])],
  ['ps_script', eventsOf(POWERSHELL, [4104])],
  ['ps_module', eventsOf(POWERSHELL, [4103])],
  ['ps_classic_start', eventsOf(CLASSIC, [400])],
  ['ps_classic_provider_start', eventsOf(CLASSIC, [600])],
  ['ps_classic_script', eventsOf(CLASSIC, [800])],
])
