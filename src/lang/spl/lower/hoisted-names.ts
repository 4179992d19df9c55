/** Hidden columns of what was taken out of an expression: where a function puts its value, and how the kept ones begin. */
export const HOISTED_VALUE = '$value'
export const HOISTED = '$hoisted'
