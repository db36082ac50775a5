import { describe, expect, test } from 'vitest';
import { notInSet, SlotSet } from '../../src/base/slot-set.ts';

const item = (name: string) => ({ name, slot: notInSet });

describe('A slot set', () => {
  test('keeps what is added once, and lets go what is deleted', () => {
    const set = new SlotSet<ReturnType<typeof item>>();
    const [a, b, c] = [item('a'), item('b'), item('c')];
    for (const each of [a, b, c, a]) set.add(each);
    expect(set.size).toBe(3);
    expect(set.delete(a)).toBe(true);
    expect(set.delete(a)).toBe(false);
    expect(set.has(a)).toBe(false);
    expect(set.values().map(({ name }) => name)).toEqual(['c', 'b']);
    expect(set.delete(b)).toBe(true);
    expect(set.delete(c)).toBe(true);
    expect(set.size).toBe(0);
  });

  test('does not take what is in another set for its own', () => {
    const [one, other] = [new SlotSet<ReturnType<typeof item>>(), new SlotSet<ReturnType<typeof item>>()];
    const [a, b] = [item('a'), item('b')];
    one.add(a);
    other.add(b);
    expect(one.has(b)).toBe(false);
    expect(one.delete(b)).toBe(false);
    expect(other.has(b)).toBe(true);
  });

  test('can be changed while one goes through its values', () => {
    const set = new SlotSet<ReturnType<typeof item>>();
    const items = ['a', 'b', 'c', 'd'].map(item);
    for (const each of items) set.add(each);
    const seen: string[] = [];
    for (const each of set.values()) {
      seen.push(each.name);
      set.delete(each);
    }
    expect(seen).toEqual(['a', 'b', 'c', 'd']);
    expect(set.size).toBe(0);
  });

  test('lets go of everything when it is cleared', () => {
    const set = new SlotSet<ReturnType<typeof item>>();
    const a = item('a');
    set.add(a);
    set.clear();
    expect(set.has(a)).toBe(false);
    set.add(a);
    expect(set.size).toBe(1);
  });
});
