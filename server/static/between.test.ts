import type { Metafile } from 'esbuild';
import { expect, it } from 'vitest';
import { skipBetween } from '../../widget/build-between.ts';

const chunk = (text: string) => ({ path: '/out/chunks/chunk-CHUNK234.js', text });
const gate = (text: string) => ({ path: '/out/chunks/late-GATE2345.js', text });
const entry = {
  path: '/out/entry.js',
  text: 'import{b as x}from"./chunks/chunk-CHUNK234.js";import("./chunks/late-GATE2345.js").then(x);',
};
const outputs = {
  'out/chunks/late-GATE2345.js': { entryPoint: 'stage:late' },
} as unknown as Metafile['outputs'];
const metafile = { inputs: {}, outputs };

it('has those who load a file that only hands on load the chunk, under the names that they ask for', () => {
  const files = [
    chunk('var one=1,two=2,three=3;export{one as a,two as b,three as c};\n//# sourceMappingURL=x'),
    gate(
      'import{a as r,c as t}from"./chunk-CHUNK234.js";import{z as u}from"./chunk-OTHER345.js";export{r as One,t as Three,u as Other};',
    ),
    { path: '/out/chunks/late-GATE2345.js.map', text: '{}' },
    entry,
  ];
  expect(skipBetween(files, metafile)).toEqual([
    chunk(
      // `a` and `c` are imported by nobody any more.
      'var one=1,two=2,three=3;export{two as b,one as One,three as Three};export{z as Other}from"./chunk-OTHER345.js";\n//# sourceMappingURL=x',
    ),
    { ...entry, text: entry.text.replace('late-GATE2345', 'chunk-CHUNK234') },
  ]);
});

it('stops the build where that file has code of its own', () => {
  const own = gate('import{a as r}from"./chunk-CHUNK234.js";var x=r();export{x as X};');
  expect(() => skipBetween([chunk('export{one as a};'), own, entry], metafile)).toThrow(/does not hand on/);
});
