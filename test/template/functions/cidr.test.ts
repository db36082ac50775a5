import { expect, test } from 'vitest';
import { callFault, evaluate } from './call.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-cidr
test.each([
  [
    '10.144.0.0/20',
    {
      network: '10.144.0.0',
      netmask: '255.255.240.0',
      broadcast: '10.144.15.255',
      firstUsable: '10.144.0.1',
      lastUsable: '10.144.15.254',
      cidr: 20,
    },
  ],
  [
    'fdad:3236:5555::/48',
    {
      network: 'fdad:3236:5555::',
      netmask: 'ffff:ffff:ffff::',
      firstUsable: 'fdad:3236:5555::',
      lastUsable: 'fdad:3236:5555:ffff:ffff:ffff:ffff:ffff',
      cidr: 48,
    },
  ],
  [
    '10.144.1.7/30',
    {
      network: '10.144.1.4',
      netmask: '255.255.255.252',
      broadcast: '10.144.1.7',
      firstUsable: '10.144.1.5',
      lastUsable: '10.144.1.6',
      cidr: 30,
    },
  ],
  [
    '10.0.0.9/32',
    {
      network: '10.0.0.9',
      netmask: '255.255.255.255',
      broadcast: '10.0.0.9',
      firstUsable: '10.0.0.9',
      lastUsable: '10.0.0.9',
      cidr: 32,
    },
  ],
  [
    '0.0.0.0/0',
    {
      network: '0.0.0.0',
      netmask: '0.0.0.0',
      broadcast: '255.255.255.255',
      firstUsable: '0.0.0.1',
      lastUsable: '255.255.255.254',
      cidr: 0,
    },
  ],
])('parseCidr takes %s apart', (network, expected) => expect(evaluate(`[parseCidr('${network}')]`)).toEqual(expected));

// The text form of https://www.rfc-editor.org/rfc/rfc5952
test.each([
  ['2001:DB8:0:0:1:0:0:1/128', '2001:db8::1:0:0:1'],
  ['2001:db8:0:1:1:1:1:1/128', '2001:db8:0:1:1:1:1:1'],
  ['1:0:0:2:0:0:0:3/128', '1:0:0:2::3'],
  ['::/0', '::'],
  ['1::/16', '1::'],
  ['::1/128', '::1'],
  ['::ffff:10.0.0.1/128', '::ffff:a00:1'],
  ['10:0:0:1::100/128', '10:0:0:1::100'],
])('the network %s is written as %s', (text, expected) => {
  expect(evaluate(`[parseCidr('${text}').network]`)).toBe(expected);
});

test.each([
  ["[cidrSubnet('10.144.0.0/20', 24, 0)]", '10.144.0.0/24'],
  ["[cidrSubnet('10.144.0.0/20', 24, 15)]", '10.144.15.0/24'],
  ["[cidrSubnet('10.144.0.0/20', 20, 0)]", '10.144.0.0/20'],
  ["[cidrSubnet('fdad:3236:5555::/48', 52, 4)]", 'fdad:3236:5555:4000::/52'],
  ["[cidrSubnet('::/0', 128, json('9223372036854775807'))]", '::7fff:ffff:ffff:ffff/128'],
  ["[cidrHost('10.144.3.0/24', 0)]", '10.144.3.1'],
  ["[cidrHost('10.144.3.0/24', 253)]", '10.144.3.254'],
  ["[cidrHost('fdad:3236:5555:3000::/52', 0)]", 'fdad:3236:5555:3000::1'],
])('%s gives %j', (expression, expected) => expect(evaluate(expression)).toBe(expected));

test.each([
  ['cidrSubnet', ['10.0.0.0/20', 19, 0], "The new CIDR must be between 20 and 32. The new CIDR parameter: '19'."],
  ['cidrSubnet', ['10.0.0.0/20', 33, 0], "The new CIDR must be between 20 and 32. The new CIDR parameter: '33'."],
  [
    'cidrSubnet',
    ['10.0.0.0/20', 24, 16],
    "The subnet index must be between 0 and 15. The subnet index parameter: '16'.",
  ],
  [
    'cidrSubnet',
    ['10.0.0.0/20', 24, -1],
    "The subnet index must be between 0 and 15. The subnet index parameter: '-1'.",
  ],
  [
    'cidrHost',
    ['10.0.0.0/24', 254],
    "The network '10.0.0.0/24' has no host with that index. The host index parameter: '254'.",
  ],
  [
    'cidrHost',
    ['10.0.0.0/24', -1],
    "The network '10.0.0.0/24' has no host with that index. The host index parameter: '-1'.",
  ],
])('%s%j is refused', (name, args, reason) => {
  expect(callFault(name, args)).toBe(
    `Unable to evaluate the template language function '${name}'. ${reason} Please see https://aka.ms/arm-function-${name.toLowerCase()} for usage details.`,
  );
});

test.each([
  '10.0.0.0',
  '10.0.0/8',
  '10.0.0.256/8',
  '10.0.0.01/8',
  '10.0.0.0/33',
  '10.0.0.0/-1',
  '::/129',
  '1::2::3/64',
  ':/64',
  '1:2:3:4:5:6:7:8:9/64',
  'g::/64',
  '::1.2.3/96',
  '/24',
  '',
  '10.0.0.0/24/8',
  '1:2:3:4:5:6:7::8/64',
])('%j is no network', (text) => {
  expect(callFault('parseCidr', [text])).toBe(
    `Unable to evaluate the template language function 'parseCidr'. The argument is not a valid network in CIDR notation. The provided value is '${text}'. Please see https://aka.ms/arm-function-parsecidr for usage details.`,
  );
});
