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

/**
 * Standard decorators and initializers of theirs, polyfills, converters, attributes that are JSON or numbers, properties
 * that are symbols, whether a value has changed said by the property, what a subclass may put around an update.
 */
const REACTIVE_ELEMENT: Cut[] = [
  [',c=a.trustedTypes,l=c?c.emptyScript:""', ''],
  [',d=(t,s)=>t,', ','],
  [
    'static _$Ei(){if(this.hasOwnProperty(d("elementProperties")))',
    'static _$Ei(){if(this.hasOwnProperty("elementProperties"))',
  ],
  ['if(this.hasOwnProperty(d("finalized")))', 'if(this.hasOwnProperty("finalized"))'],
  [',this.hasOwnProperty(d("properties")))', ',this.hasOwnProperty("properties"))'],
  [
    'y[d("elementProperties")]=new Map,y[d("finalized")]=new Map',
    'y.elementProperties=new Map,y.finalized=true',
  ],
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
  [
    'u={toAttribute(t,s){switch(s){case Boolean:t=t?l:null;break;case Object:case Array:t=null==t?t:JSON.stringify(t)}return t},fromAttribute(t,s){let i=t;switch(s){case Boolean:i=null!==t;break;case Number:i=null===t?null:Number(t);break;case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}}return i}},',
    '',
  ],
  ['u as defaultConverter,', ''],
  [
    'const h=(void 0!==i.converter?.toAttribute?i.converter:u).toAttribute(s,i.type);',
    'const h=i.type===Boolean?s?"":null:s;',
  ],
  [
    'const t=i.getPropertyOptions(e),h="function"==typeof t.converter?{fromAttribute:t.converter}:void 0!==t.converter?.fromAttribute?t.converter:u;this._$Em=e;const r=h.fromAttribute(s,t.type);',
    'this._$Em=e;const r=i.elementProperties.get(e).type===Boolean?null!==s:s;',
  ],
  [',b={attribute:!0,type:String,converter:u,reflect:!1,useDefault:!1,hasChanged:f};', ';'],
  ['static createProperty(t,s=b){if(s.state', 'static createProperty(t,s){s.state'],
  ['static getPropertyOptions(t){return this.elementProperties.get(t)??b}', ''],
  [
    ',!s.noAccessor){const i=Symbol(),h=this.getPropertyDescriptor(t,i,s);void 0!==h&&e(this.prototype,t,h)}',
    ',e(this.prototype,t,this.getPropertyDescriptor(t,Symbol(),s))',
  ],
  [
    'static _$Eu(t,s){const i=s.attribute;return!1===i?void 0:"string"==typeof i?i:"string"==typeof t?t.toLowerCase():void 0}',
    'static _$Eu(t,{attribute:s}){return!1===s?void 0:s??t.toLowerCase()}',
  ],
  [
    'const t=this.properties,s=[...r(t),...o(t)];for(const i of s)',
    'const t=this.properties;for(const i of r(t))',
  ],
  ['removeController(t){this._$EO?.delete(t)}', ''],
  [
    'if(Array.isArray(s)){const e=new Set(s.flat(1/0).reverse());for(const s of e)i.unshift(t(s))}else void 0!==s&&i.push(t(s));return i',
    'return[...new Set([s??[]].flat(1/0).reverse())].reverse()',
  ],
  ['this._$Ep=void 0,this.isUpdatePending', 'this.isUpdatePending'],
  ['enableUpdating(t){}', ''],
  ['attachShadow(this.constructor.shadowRootOptions)', 'attachShadow({mode:"open"})'],
  ['y.shadowRootOptions={mode:"open"},', ''],
  ['attributeChangedCallback(t,s,i){this._$AK(t,i)}', ''],
  ['_$AK(t,s){const i=this.constructor', 'attributeChangedCallback(t,h,s){const i=this.constructor'],
  ['requestUpdate(t,s,i,e=!1,h){', 'requestUpdate(t,s,i){'],
  [
    'const r=this.constructor;if(!1===e&&(h=this[t]),i??=r.getPropertyOptions(t),!((i.hasChanged??f)(h,s)',
    'const r=this.constructor,h=this[t];if(!(f(h,s)',
  ],
  [
    'C(t,s,{useDefault:i,reflect:e,wrapped:h},r){i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)||(',
    'C(t,s,{useDefault:i,reflect:e}){i&&!(this._$Ej??=new Map).has(t)&&this._$Ej.set(t,s??this[t])||(',
  ],
  ['this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0),', ''],
  [
    'const t=this.constructor.elementProperties;if(t.size>0)for(const[s,i]of t){const{wrapped:t}=i,e=this[s];!0!==t||this._$AL.has(s)||void 0===e||this.C(s,void 0,i,e)}',
    '',
  ],
  [
    'const t=this.scheduleUpdate();return null!=t&&await t,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}',
    'return this.performUpdate(),!this.isUpdatePending}',
  ],
  [
    'if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){',
    'if(!this.hasUpdated){if(this._$Ep){',
  ],
  ['get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){', 'get updateComplete(){'],
];

/**
 * Signs that other copies of Lit would know, words of an error, comments and elements of raw text with something in
 * them, directives on elements and ones that end by themselves, MathML, compiled templates, polyfills, a place to render before, options of listeners (which a page that has given all
 * functions a `once`, as libraries did, would give to every one).
 */
const LIT_HTML: Cut[] = [
  ['E=Symbol.for("lit-noChange"),A=Symbol.for("lit-nothing")', 'E=Symbol(),A=Symbol()'],
  ['throw Error("invalid template strings array")', 'throw Error()'],
  ['addEventListener(this.name,this,t)', 'addEventListener(this.name,this)'],
  [
    'if(y.test(r.tagName)){const t=r.textContent.split(o),i=t.length-1;if(i>0){r.textContent=s?s.emptyScript:"";for(let s=0;s<i;s++)r.append(t[s],c()),P.nextNode(),d.push({type:2,index:++l});r.append(t[i],c())}}',
    '',
  ],
  ['v=/<(?:(!--|\\/[^a-zA-Z])|(\\/?[a-zA-Z][^>\\s]*)|(\\/?$))/g', 'v=/<(?:\\/?[a-zA-Z][^>\\s]*|\\/?$)/g'],
  [
    'c===v?"!--"===u[1]?c=_:void 0!==u[1]?c=m:void 0!==u[2]?(y.test(u[2])&&(n=RegExp("</"+u[2],"g")),c=p):void 0!==u[3]&&(c=p):c===p?">"===u[0]?(c=n??v,d=-1)',
    'c===v?c=p:c===p?">"===u[0]?(c=v,d=-1)',
  ],
  [':c===$||c===g?c=p:c===_||c===m?c=v:(c=p,n=void 0);', ':c=p;'],
  ['let n,l=2===i?"<svg>":3===i?"<math>":"",c=v;', 'let l=2===i?"<svg>":"",c=v;'],
  ['(2===i?"</svg>":3===i?"</math>":"")', '(2===i?"</svg>":"")'],
  ['this.el.content,2===i||3===i){', 'this.el.content,2===i){'],
  [',T=x(3)', ''],
  ['T as mathml,', ''],
  ['else{let t=-1;for(;-1!==(t=r.data.indexOf(o,t+1));)d.push({type:7,index:l}),t+=o.length-1}', ''],
  ['else t.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t));', ''],
  ['if(r.hasAttributes())for', 'for'],
  ['h?.constructor!==o&&(h?._$AO?.(!1),', 'h?.constructor!==o&&('],
  ['this._$AV=[],this._$AN=void 0,', 'this._$AV=[],'],
  ['get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(t){', 'u(){'],
  ['(t?.creationScope??l).importNode', 'l.importNode'],
  [
    '1===r.type?i=new r.ctor(h,r.name,r.strings,this,t):6===r.type&&(i=new Z(h,this,t)),',
    'i=new r.ctor(h,r.name,r.strings,this,t),',
  ],
  ['new k(h,h.nextSibling,this,t):', 'new k(h,h.nextSibling,this,this._$AM.options):'],
  ['r.strings,this,t),', 'r.strings,this,this._$AM.options),'],
  [
    'for(const s of this._$AV)void 0!==s&&(void 0!==s.strings?(s._$AI(t,s,i),i+=s.strings.length-2):s._$AI(t[i])),i++',
    'for(const s of this._$AV)void 0!==s.strings?(s._$AI(t,s,i),i+=s.strings.length-2):s._$AI(t[i]),i++',
  ],
  ['get _$AU(){return this._$AM?._$AU??this._$Cv}', ''],
  ['this.type=2,this._$AH=A,this._$AN=void 0,', 'this._$AH=A,'],
  [',this._$Cv=e?.isConnected??!0', ''],
  [
    'get parentNode(){let t=this._$AA.parentNode;const i=this._$AM;return void 0!==i&&11===t?.nodeType&&(t=i.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}',
    '',
  ],
  [
    '{const{values:i,_$litType$:s}=t,e="number"==typeof s?this._$AC(t):(void 0===s.el&&(s.el=S.createElement(V(s.h,s.h[0]),this.options)),s);',
    '{const{values:i}=t,e=this._$AC(t);',
  ],
  ['s=t.u(this.options);', 's=t.u();'],
  ['(this._$AR(s&&s._$AB.nextSibling,e),', '(this._$AR(s&&s._$AB.nextSibling),'],
  [
    '_$AR(t=this._$AA.nextSibling,s){for(this._$AP?.(!1,!0,s);t!==this._$AB;){const s=i(t).nextSibling;i(t).remove(),t=s}}setConnected(t){void 0===this._$AM&&(this._$Cv=t,this._$AP?.(t))}',
    '_$AR(t=this._$AA.nextSibling){for(;t!==this._$AB;){const s=t.nextSibling;t.remove(),t=s}}',
  ],
  ['get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}', ''],
  ['this.type=1,this._$AH=A,this._$AN=void 0,', 'this._$AH=A,'],
  ['_$AI(t,i=this,s,e){const h=this.strings;', '_$AI(t,i=this,s){const h=this.strings;'],
  ['o&&!e&&this.j(t)', 'o&&this.j(t)'],
  ['constructor(){super(...arguments),this.type=3}', ''],
  ['constructor(){super(...arguments),this.type=4}', ''],
  ['constructor(t,i,s,e,h){super(t,i,s,e,h),this.type=5}', ''],
  [
    'e=t===A&&s!==A||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive,h=t!==A&&(s===A||e);',
    'e=t===A&&s!==A,h=t!==A&&s===A;',
  ],
  [
    '"function"==typeof this._$AH?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)',
    'this._$AH.call(this.options.host??this.element,t)',
  ],
  [
    'class Z{constructor(t,i,s){this.element=t,this.type=6,this._$AN=void 0,this._$AM=i,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(t){M(this,t)}}',
    '',
  ],
  ['j={M:h,P:o,A:n,C:1,L:N,R,D:d,V:M,I:k,H,N:L,U:z,B:I,F:Z}', 'j=0'],
  [',B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3")', ''],
  [
    'const e=s?.renderBefore??i;let h=e._$litPart$;if(void 0===h){const t=s?.renderBefore??null;e._$litPart$=h=new k(i.insertBefore(c(),t),t,void 0,s??{})}return h._$AI(t),h',
    '(i._$litPart$??=new k(i.appendChild(c()),null,void 0,s??{}))._$AI(t)',
  ],
];
const LIT_ELEMENT: Cut[] = [
  [
    ',s.litElementHydrateSupport?.({LitElement:i});const o=s.litElementPolyfillSupport;o?.({LitElement:i});',
    ';',
  ],
  ['(s.litElementVersions??=[]).push("4.2.2");', ''],
  ['i._$litElement$=!0,', ''],
  [
    'super(...arguments),this.renderOptions={host:this},this._$Do=void 0',
    'super(),this.renderOptions={host:this}',
  ],
  [
    'createRenderRoot(){const t=super.createRenderRoot();return this.renderOptions.renderBefore??=t.firstChild,t}',
    '',
  ],
  ['this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),', ''],
  ['this._$Do=e(r,this.renderRoot', 'e(r,this.renderRoot'],
  [
    'connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}',
    '',
  ],
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
            contents = contents.replace(text, () => instead);
          }
          return { contents };
        });
      }
    },
  };
}
