import { quoted } from './quoted.ts'
import type { CommandWords, OptionWords } from './words.ts'

/** A script for fish: words with what they mean where they are known, files otherwise. */
export function fishScript(commands: readonly CommandWords[]): string {
  const paths = commands.map(({ path }) => path).filter(path => path !== '')
  return `# fish completion of nephoscope. Put this into ~/.config/fish/config.fish:  nephoscope completion fish | source
function __nephoscope_at
  set -l at ""
  set -l words (commandline -opc)
  set -e words[1]
  for word in $words
    switch "$at/$word"
      case ${paths.join(' ')}
        set at "$at/$word"
    end
  end
  test "$at" = "$argv[1]"
end
${commands.flatMap(lines).join('\n')}
`
}

function lines({ path, commands, options, arguments: words }: CommandWords): readonly string[] {
  const start = `complete -c nephoscope -n ${quoted(`__nephoscope_at "${path}"`)}`
  return [
    ...commands.map(({ name, about }) => `${start} -f -a ${name} -d ${quoted(about)}`),
    ...words.map(word => `${start} -f -a ${word}`),
    ...options.map(option => `${start} ${optionText(option)}`),
  ]
}

function optionText({ short, long, about, value, choices }: OptionWords): string {
  const names = `${short === undefined ? '' : `-s ${short.slice(1)} `}-l ${long.slice(2)}`
  const wanted = { none: '', choice: ` -x -a ${quoted(choices.join(' '))}`, file: ' -r', text: ' -x' }
  return `${names}${wanted[value]} -d ${quoted(about)}`
}
