import { copies } from './copies.ts'
import { departures } from './departures.ts'
import { grants } from './grants.ts'
import { imageHistories } from './image-histories.ts'
import { imageLaunches } from './image-launches.ts'
import { otherCloudLaunches } from './other-cloud-launches.ts'
import { otherCloudReads } from './other-cloud-reads.ts'
import { reads } from './reads.ts'
import type { Scenario } from './scenario.ts'

/** Every scenario, by its id: C1 to C16 of the launched image, T1 to T13 of the data that leaves. */
export const scenarios: readonly Scenario[] = [
  ...imageLaunches,
  ...imageHistories,
  ...reads,
  ...copies,
  ...departures,
  ...grants,
  ...otherCloudLaunches,
  ...otherCloudReads,
].sort((left, right) => left.id.localeCompare(right.id, 'en', { numeric: true }))

/** `C1` … `T13`, in their order. */
export const scenarioIds: readonly string[] = scenarios.map(({ id }) => id)
