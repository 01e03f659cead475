import type { Language } from '../../server/contract/languages.ts';
import type { Parts } from './load.ts';

/** Where the words of every language but English are: loaded only by who speaks one of them. */
export const TRANSLATIONS: Record<Exclude<Language, 'en'>, Parts> = {
  de: {
    base: async () => (await import('./de.ts')).de,
    late: async () => (await import('./de-late.ts')).deLate,
    views: async () => (await import('./de-views.ts')).deViews,
    link: async () => (await import('./de-link.ts')).deLink,
    agent: async () => (await import('./de-agent.ts')).deAgent,
  },
  fr: {
    base: async () => (await import('./fr.ts')).fr,
    late: async () => (await import('./fr-late.ts')).frLate,
    views: async () => (await import('./fr-views.ts')).frViews,
    link: async () => (await import('./fr-link.ts')).frLink,
    agent: async () => (await import('./fr-agent.ts')).frAgent,
  },
  es: {
    base: async () => (await import('./es.ts')).es,
    late: async () => (await import('./es-late.ts')).esLate,
    views: async () => (await import('./es-views.ts')).esViews,
    link: async () => (await import('./es-link.ts')).esLink,
    agent: async () => (await import('./es-agent.ts')).esAgent,
  },
  'pt-BR': {
    base: async () => (await import('./pt-br.ts')).ptBr,
    late: async () => (await import('./pt-br-late.ts')).ptBrLate,
    views: async () => (await import('./pt-br-views.ts')).ptBrViews,
    link: async () => (await import('./pt-br-link.ts')).ptBrLink,
    agent: async () => (await import('./pt-br-agent.ts')).ptBrAgent,
  },
  ja: {
    base: async () => (await import('./ja.ts')).ja,
    late: async () => (await import('./ja-late.ts')).jaLate,
    views: async () => (await import('./ja-views.ts')).jaViews,
    link: async () => (await import('./ja-link.ts')).jaLink,
    agent: async () => (await import('./ja-agent.ts')).jaAgent,
  },
  ar: {
    base: async () => (await import('./ar.ts')).ar,
    late: async () => (await import('./ar-late.ts')).arLate,
    views: async () => (await import('./ar-views.ts')).arViews,
    link: async () => (await import('./ar-link.ts')).arLink,
    agent: async () => (await import('./ar-agent.ts')).arAgent,
  },
};
