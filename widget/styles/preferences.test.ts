import { assert } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { accessibilityFaults } from '../testing/axe.ts';
import { contrastFaults } from '../testing/contrast.ts';
import { deep, deepAll } from '../testing/deep.ts';
import { mountSupport, until, type Mounted } from '../testing/fixture.ts';

/** Playwright knows more of them than the runner's types. */
const prefer = (features: Record<string, string | null>): Promise<void> => emulateMedia(features);

describe('what people prefer', () => {
  let mounted: Mounted;

  async function mount(attributes: Record<string, string> = {}): Promise<void> {
    mounted = await mountSupport({
      user: 'admin',
      attributes,
      seed: async (server) => void (await server.as('client').createTicket()),
    });
    const here = attributes['ticket'] ? '.message' : '.card';
    await until(() => deep(mounted.element, here), here);
  }

  afterEach(async () => {
    await prefer({ forcedColors: 'none', contrast: 'no-preference', reducedMotion: 'no-preference' });
    await mounted.cleanup();
  });

  const colorOf = (element: Element, property: string): string =>
    getComputedStyle(element).getPropertyValue(property);

  for (const theme of ['light', 'dark']) {
    it(`keeps every color apart from its ground, ${theme}, also with more contrast`, async () => {
      await mount({ theme });
      assert.deepEqual(contrastFaults(mounted.element), []);
      await prefer({ contrast: 'more' });
      assert.deepEqual(contrastFaults(mounted.element), []);
    });
  }

  it('follows the color scheme of the page around it', async () => {
    await mount();
    const ground = (): string => colorOf(deep(mounted.element, '.input')!, 'background-color');
    assert.equal(ground(), 'rgb(255, 255, 255)');
    mounted.element.parentElement!.style.colorScheme = 'dark';
    await until(() => ground() === 'rgb(22, 24, 28)', 'the dark ground');
    mounted.element.theme = 'light';
    await until(() => ground() === 'rgb(255, 255, 255)', 'the light ground');
  });

  it('takes the tokens of the page', async () => {
    await mount();
    const { element } = mounted;
    element.style.setProperty('--support-color-accent', 'rgb(1, 2, 3)');
    element.style.setProperty('--support-radius-control', '3px');
    element.style.setProperty('--support-motion', '0s');
    const button = deep(element, '[part~=button-primary]')!;
    assert.equal(colorOf(button, 'background-color'), 'rgb(1, 2, 3)');
    assert.equal(colorOf(button, 'border-top-left-radius'), '3px');
  });

  it('gives secondary text and borders the color of the text where more contrast is asked for', async () => {
    await mount();
    await prefer({ contrast: 'more' });
    const text = colorOf(deep(mounted.element, '.subject')!, 'color');
    assert.equal(colorOf(deep(mounted.element, '.meta')!, 'color'), text);
    // By a transition.
    const border = (): string => colorOf(deep(mounted.element, '.input')!, 'border-top-color');
    await until(() => border() === text, 'the border');
    assert.equal(colorOf(deep(mounted.element, '.chip')!, 'border-top-width'), '1px');
  });

  it('tells every state apart where the colors are forced', async () => {
    await prefer({ forcedColors: 'active' });
    await mount({ status: 'open' });
    const border = (element: Element): string => colorOf(element, 'border-top-width');
    const [pressed, other] = ['true', 'false'].map((state) =>
      deep(mounted.element, `.badge[aria-pressed=${state}]`)!,
    );
    assert.notEqual(colorOf(pressed!, 'border-top-color'), colorOf(other!, 'border-top-color'));
    assert.notEqual(colorOf(pressed!, 'outline-style'), 'none');
    for (const element of deepAll(mounted.element, '.button, .chip, .input, .choice')) {
      if (element.checkVisibility()) assert.notEqual(border(element), '0px', element.className);
    }
    assert.deepEqual(await accessibilityFaults(mounted.element), []);
  });

  it('moves nothing under reduced motion', async () => {
    await prefer({ reducedMotion: 'reduce' });
    await mount({ ticket: 'SUP-1001' });
    const seconds = (times: string): number[] => times.split(',').map((time) => parseFloat(time) || 0);
    for (const element of deepAll(mounted.element, '*')) {
      const style = getComputedStyle(element);
      for (const duration of seconds(style.transitionDuration)) {
        assert.isBelow(duration, 0.001, `${element.localName}.${element.className}`);
      }
    }
  });
});
