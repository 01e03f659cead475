interface Sheet extends CSSStyleSheet {
  cssText: string;
  styleSheet: CSSStyleSheet;
}

/** Browsers that know `light-dark()` know constructed style sheets, and no template of ours puts anything into one. */
export function css([text]: TemplateStringsArray): Sheet {
  const sheet = new CSSStyleSheet() as Sheet;
  sheet.replaceSync((sheet.cssText = text!));
  return (sheet.styleSheet = sheet);
}
