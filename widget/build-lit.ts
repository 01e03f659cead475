import type { Plugin } from 'esbuild';
import { readFile } from 'node:fs/promises';

/** Browsers that know `light-dark()` know constructed style sheets, and no template of ours puts anything into one. */
const CSS_TAG = `
  export const css = ([text]) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync((sheet.cssText = text));
    return (sheet.styleSheet = sheet);
  };
  export const adoptStyles = (root, sheets) => {
    root.adoptedStyleSheets = sheets;
  };
  export const getCompatibleStyle = (sheet) => sheet;
  export const CSSResult = undefined, supportsAdoptingStyleSheets = true, unsafeCSS = undefined;
`;

/** From the text after it to the text before it, both left standing: what is never reached in our elements. */
type Cut = [text: string, instead: string];

/** Standard decorators and initializers of theirs, polyfills, converters of our own, attributes that are JSON. */
const REACTIVE_ELEMENT: Cut[] = [
  ['static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}', ''],
  [',this.constructor.l?.forEach(t=>t(this))', ''],
  [',void 0!==t.l&&(this.l=[...t.l])', ''],
  ['Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;', ''],
  [
    'const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}',
    '',
  ],
  [',p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2")', ''],
  [',p=a.reactiveElementPolyfillSupport', ''],
  ['case Object:case Array:t=null==t?t:JSON.stringify(t)', ''],
  ['(void 0!==i.converter?.toAttribute?i.converter:u).toAttribute', 'u.toAttribute'],
  [
    ',h="function"==typeof t.converter?{fromAttribute:t.converter}:void 0!==t.converter?.fromAttribute?t.converter:u;',
    ';',
  ],
  ['const r=h.fromAttribute(', 'const r=u.fromAttribute('],
  [',converter:u,', ','],
  ['removeController(t){this._$EO?.delete(t)}', ''],
  [
    'if(Array.isArray(s)){const e=new Set(s.flat(1/0).reverse());for(const s of e)i.unshift(t(s))}else void 0!==s&&i.push(t(s));return i',
    'return[...new Set([s??[]].flat(1/0).reverse())].reverse()',
  ],
  [
    'case Number:i=null===t?null:Number(t);break;case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}',
    '',
  ],
];

/**
 * Comments and elements of raw text with something in them, directives on elements, MathML, polyfills, options of listeners (which a page that
 * has given all functions a `once`, as libraries did, would give to every one).
 */
const LIT_HTML: Cut[] = [
  ['addEventListener(this.name,this,t)', 'addEventListener(this.name,this)'],
  [
    'if(y.test(r.tagName)){const t=r.textContent.split(o),i=t.length-1;if(i>0){r.textContent=s?s.emptyScript:"";for(let s=0;s<i;s++)r.append(t[s],c()),P.nextNode(),d.push({type:2,index:++l});r.append(t[i],c())}}',
    '',
  ],
  ['(y.test(u[2])&&(n=RegExp("</"+u[2],"g")),c=p)', '(c=p)'],
  ['else{let t=-1;for(;-1!==(t=r.data.indexOf(o,t+1));)d.push({type:7,index:l}),t+=o.length-1}', ''],
  ['else t.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t));', ''],
  [':6===r.type&&(i=new Z(h,this,t))', ':0'],
  [
    'class Z{constructor(t,i,s){this.element=t,this.type=6,this._$AN=void 0,this._$AM=i,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(t){M(this,t)}}',
    '',
  ],
  ['j={M:h,P:o,A:n,C:1,L:N,R,D:d,V:M,I:k,H,N:L,U:z,B:I,F:Z}', 'j={I:k}'],
  ['get tagName(){return this.element.tagName}', ''],
  ['get startNode(){return this._$AA}get endNode(){return this._$AB}', ''],
  ['"<math>":""', '"":""'],
  ['"</math>":""', '"":""'],
  [',B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3")', ''],
];
const LIT_ELEMENT: Cut[] = [
  [
    ',s.litElementHydrateSupport?.({LitElement:i});const o=s.litElementPolyfillSupport;o?.({LitElement:i});',
    ';',
  ],
  ['(s.litElementVersions??=[]).push("4.2.2");', ''],
];

const CUTS: Array<[path: RegExp, cuts: Cut[]]> = [
  [/reactive-element[\\/]reactive-element\.js$/, REACTIVE_ELEMENT],
  [/lit-html[\\/]lit-html\.js$/, LIT_HTML],
  [/lit-element[\\/]lit-element\.js$/, LIT_ELEMENT],
];

export function leanLit(): Plugin {
  return {
    name: 'lean-lit',
    setup(build) {
      build.onLoad({ filter: /reactive-element[\\/]css-tag\.js$/ }, () => ({ contents: CSS_TAG }));
      for (const [filter, cuts] of CUTS) {
        build.onLoad({ filter }, async ({ path }) => {
          let contents = await readFile(path, 'utf8');
          for (const [text, instead] of cuts) {
            if (contents.split(text).length !== 2)
              throw new Error(`${path} has changed: is this still so? ${text}`);
            contents = contents.replace(text, instead);
          }
          return { contents };
        });
      }
    },
  };
}
