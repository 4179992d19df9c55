import type { Analytic } from '../analytic.ts'
import { Cases } from '../cases.ts'
import { bases } from './bases.ts'
import { Run } from './run.ts'
import { windowsOf } from './windows.ts'

const tables = ['approved_images', 'images', 'image_vendors', 'owned_networks']

/** ATT&CK's AN1318: somebody in the console launches an external or unknown image, and the machine talks to outside at once. */
export const an1318: Analytic = {
  meta: {
    id: '8e1b2b0c-6c0e-4d0a-9b5e-131800000001',
    name: 'an1318',
    title: 'External or unknown image launched from the console, and egress at once (AN1318)',
    level: 'high',
    status: 'test',
    description:
      'A person in the console launches a machine from an image that is not approved and is of somebody else, or of whom ' +
      'nobody knows, and the machine talks to addresses outside soon afterwards. It says what of this was seen, what was ' +
      'not, and what could not be seen.',
    author: 'nephoscope',
    references: [
      'https://attack.mitre.org/techniques/T1204/003/',
      'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharing-amis.html',
      'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html',
    ],
    tags: ['attack.execution', 'attack.t1204', 'attack.t1204.003', 'attack.t1578.002'],
    falsepositives: [
      'New image of a vendor that is in no inventory yet',
      'Development of images: give them an approval with an owner and a date of review',
      'Machines that fetch updates as they boot, from an image that nobody entered',
    ],
    fields: [],
    related: [],
  },
  bases,
  parameters: ['TimeWindow', 'StrongWindow', 'WeakWindow', 'ApprovedImages', 'UserContext'],
  tables,
  clears: [],
  start: world => new Run(world, new Cases(an1318.meta), tables, windowsOf(world.context)),
}
