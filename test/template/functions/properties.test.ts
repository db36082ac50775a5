import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deepEqual } from '../../../src/template/functions/deep-equal.ts';
import { parseNetwork, renderAddress } from '../../../src/template/functions/ip-address.ts';
import { WalkBudget } from '../../../src/template/functions/limits.ts';
import { allFunctions } from '../../../src/template/functions/registry.ts';
import { TemplateFault } from '../../../src/template/template-fault.ts';
import { fromJson, toJson } from '../../../src/template/value.ts';
import { call } from './call.ts';

/** Whatever comes in, a function answers with a value or a `TemplateFault`. */
function answers(name: string, args: readonly unknown[]): void {
  try {
    expect(call(name, args)).toHaveProperty('kind');
  } catch (error) {
    expect(error).toBeInstanceOf(TemplateFault);
  }
}

const integer = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string());
const plain = fc.oneof(
  text,
  integer,
  fc.integer({ min: -20, max: 20 }),
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true }),
);
const value = fc.oneof(plain, fc.array(plain), fc.dictionary(text, plain), fc.array(fc.array(plain)));

const eagerNames = allFunctions.flatMap((definition) => ('call' in definition ? [definition.name] : []));

test.each(eagerNames.filter((name) => name !== 'list*'))('%s answers any arguments', (name) => {
  fc.assert(fc.property(fc.array(value, { maxLength: 5 }), (args) => answers(name, args)));
});

const formatPart = fc.oneof(
  fc.constantFrom('{0}', '{1,5}', '{{', '}}', '{', '}', '{0:', ':', ',', '#', '0', '.', '%', 'E+0', ';', "'", '\\'),
  fc
    .tuple(fc.constantFrom(...'CDEFGNPRXBcdefg'), fc.nat({ max: 40 }))
    .map(([letter, precision]) => `{0:${letter}${precision}}`),
  fc.stringMatching(/^\{0(,-?\d{1,2})?:[0#.,%;E+"]{0,12}\}$/),
);

test('format answers any format', () => {
  const format = fc.array(formatPart, { maxLength: 6 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(format, fc.oneof(integer, text), (template, arg) => answers('format', [template, arg])),
    { numRuns: 1000 },
  );
});

test('format writes every integer plainly without a format, and N0 only adds commas', () => {
  fc.assert(
    fc.property(integer, (number) => {
      expect(call('format', ['{0}', number])).toMatchObject({ value: String(number) });
      expect(String(toJson(call('format', ['{0:N0}', number]))).replaceAll(',', '')).toBe(String(number));
      expect(call('format', ['{0:#,##0}', number])).toEqual(call('format', ['{0:N0}', number]));
    }),
  );
});

test('dates answer any text, duration and format', () => {
  const date = fc.oneof(
    text,
    fc
      .date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') })
      .map((d) => d.toISOString()),
  );
  const duration = fc.oneof(text, fc.stringMatching(/^-?P(\d{1,9}[YMWD])?(T\d{1,9}[HMS])?$/));
  const format = fc.oneof(text, fc.stringMatching(/^[dfFghHKmMstyz%'"\\:/ ]{1,8}$/));
  fc.assert(
    fc.property(date, duration, format, (...args) => answers('dateTimeAdd', args)),
    { numRuns: 1000 },
  );
});

test('a time written from seconds reads back as those seconds', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }), (seconds) => {
      const written = toJson(call('dateTimeFromEpoch', [seconds]));
      expect(toJson(call('dateTimeToEpoch', [written]))).toBe(seconds);
      expect(written).toBe(new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'));
    }),
  );
});

test('cidr functions answer any network', () => {
  const octets = fc.array(fc.nat({ max: 300 }), { minLength: 3, maxLength: 5 }).map((parts) => parts.join('.'));
  const groups = fc.stringMatching(/^[0-9a-f:]{1,20}$/);
  const network = fc
    .tuple(fc.oneof(octets, groups, text), fc.integer({ min: -1, max: 130 }))
    .map(([address, length]) => `${address}/${length}`);
  fc.assert(
    fc.property(network, fc.integer({ min: -1, max: 130 }), integer, (net, length, index) => {
      answers('parseCidr', [net]);
      answers('cidrSubnet', [net, length, index]);
      answers('cidrHost', [net, index]);
    }),
    { numRuns: 1000 },
  );
});

test('an address that was written reads back as the same address', () => {
  const group = fc.constantFrom(0n, 0n, 0n, 1n, 0xffffn, 0xa0n);
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
      const number = groups.reduce<bigint>((all, part) => (all << 16n) | part, 0n);
      const written = renderAddress({ value: number, bits: 128 });
      expect(parseNetwork(`${written}/128`)?.network).toEqual({ value: number, bits: 128 });
    }),
  );
});

test('hashes answer any texts, always in their form and always the same', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (parts) => {
      const unique = toJson(call('uniqueString', parts));
      expect(unique).toMatch(/^[a-z2-7]{13}$/);
      expect(toJson(call('uniqueString', parts))).toBe(unique);
      expect(toJson(call('guid', parts))).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    }),
  );
});

test('what string writes, json reads', () => {
  const tree = fc.letrec((tie) => ({
    node: fc.oneof(
      text,
      integer,
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('node')),
      fc.dictionary(text, tie('node')),
    ),
  })).node;
  fc.assert(
    fc.property(fc.oneof(fc.array(tree), fc.dictionary(text, tree)), (json) => {
      const read = call('json', [toJson(call('string', [json]))]);
      expect(deepEqual(read, fromJson(json), new WalkBudget('equals'))).toBe(true);
    }),
  );
});

test('decoding undoes encoding', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (original) => {
      expect(toJson(call('base64ToString', [toJson(call('base64', [original]))]))).toBe(original);
      expect(toJson(call('uriComponentToString', [toJson(call('uriComponent', [original]))]))).toBe(original);
      expect(toJson(call('dataUriToString', [toJson(call('dataUri', [original]))]))).toBe(original);
    }),
  );
});
