import type { Source } from '../source.ts'
import { brief, eventId, eventTime, normalise } from './normalise.ts'
import { answers, recognises } from './recognise.ts'

/** AWS CloudTrail: management, data and network activity events of every version. */
export const cloudtrail: Source = {
  id: 'cloudtrail',
  title: 'AWS CloudTrail',
  tags: {
    sourcetypes: ['aws:cloudtrail', 'aws:cloudtrail:lake', 'ocsf:aws:cloudtrail', 'aws:asl'],
    sourceCategories: ['aws/cloudtrail', 'cloudtrail'],
  },
  byName: true,
  answers,
  recognises,
  eventId,
  eventTime,
  normalise,
  brief,
}
