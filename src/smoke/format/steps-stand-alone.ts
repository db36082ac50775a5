import { isRecord, type Shape } from '../../input/shape.ts';

/**
 * A mapping whose `steps` say everything: members that would be about a single step have no meaning beside them, and a
 * test that nothing is compared with would pass.
 */
export function stepsStandAlone<T extends object>(shape: Shape<T>, others: readonly (keyof T & string)[]): Shape<T> {
  const required = others.map((name) => ({ required: [name] }));
  return {
    ...shape,
    schema: { ...shape.schema, dependencies: { steps: { not: { anyOf: required } } } },
    read(value, path, problems) {
      if (isRecord(value) && Object.hasOwn(value, 'steps')) {
        for (const name of others.filter((each) => Object.hasOwn(value, each))) {
          const message = `'${name}' has no effect beside 'steps'; it should stand in one of them.`;
          problems.push({ path: [...path, name], message });
        }
      }
      return shape.read(value, path, problems);
    },
  };
}
