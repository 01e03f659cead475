import type { App } from '../app.ts';

export interface Route {
  method: string;
  /** With `:parameters`. */
  path: string;
}

export const VERBS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Answered without a token: what they say is public, or signed in another way. */
const PUBLIC = new Set(['/api/center', '/api/webhooks/resend']);

/** Every route below `/api` as the router knows it: one that is added tomorrow is in it. */
export function routesOf(app: App): Route[] {
  const seen = new Map<string, Route>();
  for (const { method, path } of app.routes) {
    if (method !== 'ALL' && path.startsWith('/api/')) seen.set(`${method} ${path}`, { method, path });
  }
  return [...seen.values()];
}

export function routesBehindToken(app: App): Route[] {
  return routesOf(app).filter(({ path }) => !PUBLIC.has(path) && !path.startsWith('/api/unsubscribe'));
}

/** The paths of these routes, each once. */
export function pathsOf(routes: readonly Route[]): string[] {
  return [...new Set(routes.map(({ path }) => path))];
}

/** @param value for each parameter, by its name */
export function fill(path: string, value: (name: string) => string): string {
  return path.replace(/:(\w+)(?:\{[^}]*\})?/g, (_all, name: string) => encodeURIComponent(value(name)));
}

/** What an answer says, without what differs each time. A stream is closed unread. */
export async function readAnswer(
  response: Response,
): Promise<{ status: number; headers: string[]; text: string }> {
  const headers = [...response.headers]
    .filter(([name]) => name !== 'x-request-id')
    .map(([name, value]) => `${name}: ${value}`);
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  if (isStream) await response.body?.cancel();
  return { status: response.status, headers: headers.sort(), text: isStream ? '' : await response.text() };
}
