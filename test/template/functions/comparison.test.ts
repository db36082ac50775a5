import { expect, test } from 'vitest';
import { evaluate, faultOf } from './call.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-comparison and -logical
test.each([
  ["[coalesce(null(), 'a', fail('not reached'))]", 'a'],
  ["[coalesce(null(), '')]", ''],
  ['[coalesce(null(), null())]', null],
  ['[equals(1, 1)]', true],
  ["[equals(1, '1')]", false],
  ["[equals('demo', 'Demo')]", false],
  ['[equals(null(), null())]', true],
  ["[equals(null(), '')]", false],
  ["[equals(createObject('a', 1, 'b', createArray(1)), createObject('b', createArray(1), 'a', 1))]", true],
  ["[equals(createObject('a', 1), createObject('A', 1))]", false],
  ['[equals(createArray(1, 2), createArray(2, 1))]', false],
  ['[equals(createArray(1), createArray(1, 2))]', false],
  ["[equals(json('1.0'), 1)]", false],
  ["[less('demo', 'Demo')]", true],
  ["[less('Demo', 'demoa')]", true],
  ["[less('a', 'B')]", true],
  ["[less('1', 'a')]", true],
  ["[less('item2', 'item10')]", false],
  ["[greater('A', 'a')]", true],
  ['[greaterOrEquals(2, 2)]', true],
  ["[lessOrEquals('demo', 'demo')]", true],
  ["[less(json('9007199254740992'), json('9007199254740993'))]", true],
  ['[and(true(), true(), false())]', false],
  ["[and(false(), fail('not reached'))]", false],
  ['[or(false(), false(), true())]', true],
  ["[or(true(), fail('not reached'))]", true],
  ['[not(false())]', true],
  ["[bool('TRUE')]", true],
  ["[bool('False')]", false],
  ['[bool(0)]', false],
  ['[bool(-1)]', true],
  ['[bool(true())]', true],
  ["[if(true(), 'yes', fail('not reached'))]", 'yes'],
  ["[if(false(), fail('not reached'), null())]", null],
])('%s gives %j', (expression, expected) => expect(evaluate(expression)).toEqual(expected));

test.each([
  [
    "[less(1, '1')]",
    "The template language function 'less' expects its parameters to be of the same type. The provided values are of type 'Integer' and 'String'. Please see https://aka.ms/arm-functions#less for usage details.",
  ],
  [
    "[if('true', 1, 2)]",
    "The template language function 'if' expects its first parameter to be of type 'Boolean'. The provided value is of type 'String'. Please see https://aka.ms/arm-functions#if for usage details.",
  ],
  [
    '[and(true(), 1)]',
    "The template language function 'and' expects its parameters to be of type 'Boolean'. The provided value is of type 'Integer'. Please see https://aka.ms/arm-functions#and for usage details.",
  ],
  [
    "[bool('sdf')]",
    "The template language function 'bool' was invoked with a parameter that is not valid. The value cannot be converted to the target type.",
  ],
])('%s is refused', (expression, message) => expect(faultOf(expression)).toBe(message));
