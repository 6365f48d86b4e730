import { type PowershellReader, variableIn } from './powershellValue.ts';
import type { Scope } from './scope.ts';
import type { Token } from './token.ts';
import { textValue, type Value } from './value.ts';

/** The variables of PowerShell, whose names have no case, and what was added to them: `$headers.Add(…)`, `$body.name = …`. */
export const powershellScope = (tokens: readonly Token[], reader: PowershellReader): Scope => {
  const values = new Map<string, Value>();
  const added = new Map<string, [Value, Value][]>();
  const add = (owner: string, key: Value, value: Value) => {
    const known = added.get(owner) ?? [];
    added.set(owner, [...known, [key, value]]);
  };

  const statement = (at: number, name: string): void => {
    const [owner = '', property] = name.toLowerCase().split('.');
    if (reader.isMark(at + 1, '=')) {
      const { value } = reader.assigned(at + 2);
      if (property === undefined) values.set(owner, value);
      else add(owner, textValue(name.split('.')[1]!), value);
    }
    if (property === 'add' && reader.isMark(at + 1, '(')) {
      const { value } = reader.expression(at + 1);
      if (value.kind === 'list') add(owner, value.items[0]!, value.items[1]!);
    }
    if (reader.isMark(at + 1, '[') && reader.isMark(at + 3, ']') && reader.isMark(at + 4, '='))
      add(owner, reader.expression(at + 2).value, reader.assigned(at + 5).value);
  };

  for (const [at, token] of tokens.entries()) {
    const name = token.kind === 'word' ? variableIn(token.written) : undefined;
    const isStatement =
      at === 0 ||
      reader.isLine(at - 1) ||
      /^[{}]$/.test(tokens[at - 1]!.written) ||
      /^\[\w+\]$/.test(tokens[at - 1]!.written) ||
      /^PS$|>$/.test(tokens[at - 1]!.written);
    if (name !== undefined && isStatement) statement(at, name);
  }
  return {
    valueOf: (name) => values.get(name.toLowerCase()),
    addedTo: (name) => added.get(name.toLowerCase()) ?? [],
  };
};
