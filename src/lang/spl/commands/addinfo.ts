import { extend } from '../../../plan/pipeline.ts'
import { number, text } from '../../../plan/scalars.ts'
import type { Command } from '../command.ts'

/** The time that the search looks at, when it is run and its number, which Splunk makes of that moment. */
export const addinfo: Command<'addinfo'> = {
  names: ['addinfo'],
  read: reader => {
    reader.finish()
    return {}
  },
  lower: (_, rows, { environment: { now }, window }) =>
    extend(rows, [
      { name: 'info_min_time', value: number(window.earliest) },
      { name: 'info_max_time', value: number(window.latest) },
      { name: 'info_search_time', value: number(now) },
      { name: 'info_sid', value: text(`${Math.floor(now)}.1`) },
    ]),
  print: () => '',
}
