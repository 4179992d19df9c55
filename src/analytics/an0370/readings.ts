import { accessLines } from './access-lines.ts'
import { blobs } from './blobs.ts'
import { accessLists, policies, replication } from './changes.ts'
import { copies, writes } from './copies.ts'
import { google } from './google.ts'
import { jobs, syncs } from './jobs.ts'
import { lists, type Reading, reads } from './reads.ts'
import { shares } from './shares.ts'

/** Every kind of event that the analytic takes. */
export const readings: readonly Reading[] = [
  reads,
  lists,
  copies,
  writes,
  replication,
  policies,
  accessLists,
  shares,
  jobs,
  syncs,
  accessLines,
  blobs,
  google,
]
