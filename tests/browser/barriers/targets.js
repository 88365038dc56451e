// SPDX-License-Identifier: AGPL-3.0-or-later
// WCAG 2.5.5: can every link and control be hit in a square of 44 px? A link in a sentence need not.
// Asks the browser what is hit, so that what covers a target, or adds to it, counts. The window
// has to be as tall as the page.
(least) => {
  const faults = [];
  for (const target of document.querySelectorAll(TARGETS)) {
    if (!seen(target) || isInSentence(target)) continue;
    const hits = (x, y) => {
      const found = document.elementFromPoint(x, y);
      return found !== null && (found === target || target.contains(found));
    };
    const reach = (x, y, stepX, stepY) => {
      let far = 0;
      while (far < 60 && hits(x + stepX * (far + 1), y + stepY * (far + 1))) far += 1;
      return far;
    };
    const found = [...target.getClientRects()].filter((one) => one.width && one.height).map((one) => {
      const x = one.left + one.width / 2, y = one.top + one.height / 2;
      if (!hits(x, y)) return [0, 0];
      const left = reach(x, y, -1, 0), right = reach(x, y, 1, 0);
      const middle = x + (right - left) / 2;
      return [left + right + 1, reach(middle, y, 0, -1) + reach(middle, y, 0, 1) + 1];
    });
    const [wide, high] = found.sort((a, b) => Math.min(...b) - Math.min(...a))[0] ?? [0, 0];
    if (wide < least || high < least) faults.push(`${wide} × ${high} px: ${named(target)}`);
  }
  return faults;
}
