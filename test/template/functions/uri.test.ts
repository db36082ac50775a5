import { expect, test } from 'vitest';
import { evaluate, faultOf } from './call.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-string#uri
test.each([
  ['http://contoso.com/resources/', 'nested/azuredeploy.json', 'http://contoso.com/resources/nested/azuredeploy.json'],
  ['http://contoso.org/firstpath', 'myscript.sh', 'http://contoso.org/myscript.sh'],
  ['http://contoso.org/firstpath/', 'myscript.sh', 'http://contoso.org/firstpath/myscript.sh'],
  ['http://contoso.org/firstpath/azuredeploy.json', 'myscript.sh', 'http://contoso.org/firstpath/myscript.sh'],
  ['http://contoso.org/firstpath/azuredeploy.json/', 'my.sh', 'http://contoso.org/firstpath/azuredeploy.json/my.sh'],
  ['https://github.com/another/repo', '/Azure/bicep', 'https://github.com/Azure/bicep'],
  ['https://contoso.org/a/b.json?sv=1', 'c.json?sv=2', 'https://contoso.org/a/c.json?sv=2'],
])('uri(%j, %j) gives %j', (base, relative, expected) => {
  expect(evaluate(`[uri('${base}', '${relative}')]`)).toBe(expected);
});

test.each(['github.com', '/path', '', 'http://'])('uri refuses %j as a base', (base) => {
  expect(faultOf(`[uri('${base}', 'a')]`)).toBe(
    `The template language function 'uri' expects its first argument to be a uri string. The provided value is '${base}'. Please see https://aka.ms/arm-functions#uri for usage details.`,
  );
});

test('uri refuses a second argument that makes no URI', () => {
  expect(faultOf("[uri('http://contoso.org/', 'http://:x')]")).toContain('The second argument cannot be resolved.');
});

const parts = { scheme: 'https', host: 'contoso.com', port: 8443, path: '/a/b', query: '?x=1' };

test('parseUri takes a URI apart', () => {
  expect(evaluate("[parseUri('https://contoso.com:8443/a/b?x=1')]")).toEqual(parts);
  expect(evaluate("[parseUri('http://contoso.com')]")).toEqual({ scheme: 'http', host: 'contoso.com', path: '/' });
});

test.each([
  [parts, 'https://contoso.com:8443/a/b?x=1'],
  [{ scheme: 'http', host: 'contoso.com' }, 'http://contoso.com/'],
  [{ scheme: 'http', host: 'contoso.com', port: null, path: 'a', query: 'b' }, 'http://contoso.com/a?b'],
])('buildUri puts %j together', (components, expected) => {
  expect(evaluate("[buildUri(parameters('components'))]", { parameters: { components } })).toBe(expected);
});

test.each([
  [{ host: 'contoso.com' }, "The argument needs the members 'scheme' and 'host'."],
  [{ scheme: 'http', host: 5 }, "The member 'host' must be of type 'String'. It is of type 'Integer'."],
  [{ scheme: 'http', host: 'a', port: 70000 }, "The member 'port' must be an integer between 0 and 65535."],
])('buildUri refuses %j', (components, reason) => {
  expect(faultOf("[buildUri(parameters('components'))]", { parameters: { components } })).toContain(reason);
});

test('parseUri refuses what is no absolute URI', () => {
  expect(faultOf("[parseUri('contoso.com/a')]")).toContain("The provided value is 'contoso.com/a'.");
});
