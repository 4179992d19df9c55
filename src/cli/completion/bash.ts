import { type CommandWords, namesOf, type OptionWords, valueArms } from './words.ts'

/** Ends of lines that look back for the command: bash splits `--option=value` into three words. */
const HEAD = `# bash completion of nephoscope. Put this into ~/.bashrc:  source <(nephoscope completion bash)
_nephoscope() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" at="" i
  if [[ $word == "=" ]]; then word=""
  elif [[ $before == "=" ]]; then before="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  COMPREPLY=()`

const TAIL = `}
complete -o default -F _nephoscope nephoscope`

/** A script for bash: words where they are known, files otherwise. */
export function bashScript(commands: readonly CommandWords[]): string {
  const paths = commands.map(({ path }) => path).filter(path => path !== '')
  return `${HEAD}
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at/\${COMP_WORDS[i]}" in
      ${paths.join('|')}) at="$at/\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$at $before" in
${commands.flatMap(command => valueArms(command, valueReply)).join('\n')}
  esac
  case "$at $word" in
${commands.flatMap(wordArms).join('\n')}
  esac
${TAIL}
`
}

/** Of a file bash knows itself. */
function valueReply({ value, choices }: OptionWords): string {
  return value === 'choice' ? `${replyWith(choices)}; ` : ''
}

function wordArms({ path, commands, options, arguments: words }: CommandWords): readonly string[] {
  const known = [...commands.map(({ name }) => name), ...words]
  return [
    `    "${path} -"*) ${replyWith(options.flatMap(namesOf))} ;;`,
    ...(known.length === 0 ? [] : [`    "${path} "*) ${replyWith(known)} ;;`]),
  ]
}

function replyWith(words: readonly string[]): string {
  return `COMPREPLY=($(compgen -W "${words.join(' ')}" -- "$word"))`
}
