import { Command } from 'commander'
import { explainRule, withRuleExplained } from '../explain-rule.ts'

/** `nephoscope rules explain`: from text to plan, and for an event which test was true, which false, and why. */
export function rulesExplainCommand(): Command {
  const command = new Command('explain')
    .summary('what a rule means, and why it does or does not match an event')
    .description(
      'Prints the text of a rule, the logs that it is about and the condition that runs. With --event it says of each part ' +
        'of the condition whether it held (+) or not (-), and which values it saw; of a correlation or a chain which events each ' +
        'base rule matches, and of each group the window, count, baseline and links, and why it detects or does not.',
    )
    .argument('<rule>', 'a rule file, or the id, title or file name of a rule among -r')
  return withRuleExplained(command).addHelpText('after', HELP).action(explainRule)
}

const HELP = `
Examples:
  nephoscope rules explain trail-stopped
  nephoscope rules explain my-rule.yml --event trail.json.gz --record 35
  nephoscope rules explain discovery-burst --event trail.json.gz`
