import { buildWidget } from '../../widget/build.ts';

/** Every run looks at the element as it is now. */
export async function setup(): Promise<void> {
  await buildWidget();
}
