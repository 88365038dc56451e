// SPDX-License-Identifier: AGPL-3.0-or-later
// WCAG 1.4.6, 1.4.1, 1.4.11: can every text be told from what is behind it, and every link from text?
() => {
  const faults = new Set();
  const forced = matchMedia("(forced-colors: active)").matches;
  for (const {parent} of texts()) {
    const style = getComputedStyle(parent);
    for (let one = parent; one; one = one.parentElement) {
      const own = getComputedStyle(one);
      if (own.backgroundImage !== "none" || own.filter !== "none" || own.mixBlendMode !== "normal"
        || own.opacity !== "1" || own.textShadow !== "none")
        faults.add(`its contrast cannot be told: ${named(one)}`);
    }
    const back = behind(parent);
    const ratio = contrast(over(painted(style.color), back), back);
    if (ratio < 7 && !forced)
      faults.add(`contrast ${ratio.toFixed(2)} is under 7: ${named(parent)}`);
    // The letter's own box may be in a colour of the system's, but never in the paper's.
    if (ratio < 4.5 && forced) faults.add(`contrast ${ratio.toFixed(2)} in forced colours: ${named(parent)}`);
  }
  const background = luminance(behind(document.body));
  const dark = matchMedia("(prefers-color-scheme: dark)").matches && !matchMedia("print").matches;
  if (!forced && dark && background > 0.2) faults.add("the page is bright in the dark scheme");
  if (matchMedia("print").matches && background < 0.9) faults.add("the page is not white on paper");
  // Nobody follows a link on paper.
  for (const link of matchMedia("print").matches ? [] : document.querySelectorAll("a[href]")) {
    if (!seen(link) || !isInSentence(link)) continue;
    if (!getComputedStyle(link).textDecorationLine.includes("underline"))
      faults.add(`a link in a sentence is told by its colour alone: ${named(link)}`);
  }
  return [...faults];
}
