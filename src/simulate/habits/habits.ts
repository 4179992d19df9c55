import type { Habit } from './habit.ts'
import { machines } from './machines.ts'
import { otherClouds } from './other-clouds.ts'
import { people } from './people.ts'
import { pipelines } from './pipelines.ts'
import { provider } from './provider.ts'
import { scanner } from './scanner.ts'
import { setup } from './setup.ts'
import { backup, workloads } from './workloads.ts'

/** Everything that happens on days on which nothing happens. */
export const habits: readonly Habit[] = [
  setup,
  people,
  pipelines,
  provider,
  scanner,
  workloads,
  backup,
  machines,
  otherClouds,
]
