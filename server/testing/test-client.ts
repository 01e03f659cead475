/** A file to upload: its bytes, its name and the type that the browser claims. */
export interface TestFile {
  name: string;
  content: string | Uint8Array;
  type?: string;
}

/**
 * Requests of one user. Paths are whole (`/api/tickets`); an object or array becomes a JSON body, a
 * string goes out as it is.
 */
export interface TestClient {
  get(path: string, body?: undefined, headers?: Record<string, string>): Promise<Response>;
  delete(path: string, body?: undefined, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  patch(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** As multipart, in the field `file`. */
  upload(path: string, file: TestFile | FormData, headers?: Record<string, string>): Promise<Response>;
}

/** @param authorize makes the `Authorization` header, anew for each request since the clock may have moved */
export function createTestClient(
  request: (path: string, init: RequestInit) => Response | Promise<Response>,
  authorize: () => Promise<string>,
): TestClient {
  const send =
    (method: string) =>
    async (path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> => {
      const init: RequestInit = { method, headers: { authorization: await authorize(), ...headers } };
      if (body !== undefined) {
        init.body = typeof body === 'string' ? body : JSON.stringify(body);
        init.headers = { 'content-type': 'application/json', ...init.headers };
      }
      return await request(path, init);
    };
  return {
    get: send('GET'),
    delete: send('DELETE'),
    post: send('POST'),
    patch: send('PATCH'),
    put: send('PUT'),
    async upload(path, file, headers = {}) {
      const body = file instanceof FormData ? file : toForm(file);
      return await request(path, {
        method: 'POST',
        body,
        headers: { authorization: await authorize(), ...headers },
      });
    },
  };
}

function toForm(file: TestFile): FormData {
  const bytes = typeof file.content === 'string' ? new TextEncoder().encode(file.content) : file.content;
  const form = new FormData();
  form.set(
    'file',
    new File([new Uint8Array(bytes)], file.name, { type: file.type ?? 'application/octet-stream' }),
  );
  return form;
}
