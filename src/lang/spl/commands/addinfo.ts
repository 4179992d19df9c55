import { extend } from '../../../plan/pipeline.ts'
import { number, text } from '../../../plan/scalars.ts'
import type { Command } from '../command.ts'

/** The window of the search; without a beginning it is 0, as in Splunk. */
export const addinfo: Command<'addinfo'> = {
  names: ['addinfo'],
  read: reader => {
    reader.finish()
    return {}
  },
  lower: (_, rows, { environment }) =>
    extend(rows, [
      { name: 'info_min_time', value: number(environment.earliest ?? 0) },
      { name: 'info_max_time', value: number(environment.now) },
      { name: 'info_search_time', value: number(environment.now) },
      { name: 'info_sid', value: text('search') },
    ]),
  print: () => '',
}
