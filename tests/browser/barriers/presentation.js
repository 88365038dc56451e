// SPDX-License-Identifier: AGPL-3.0-or-later
// WCAG 1.4.8: lines of at most 80 characters (40 in Chinese, Japanese, Korean), not justified, lines
// one and a half apart, paragraphs one and a half times as far apart as lines.
() => {
  const faults = [], range = document.createRange();
  const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
  const blocks = new Map();
  for (const text of texts()) {
    const block = blockOf(text.parent);
    if (!blocks.has(block)) blocks.set(block, []);
    blocks.get(block).push(text);
  }
  for (const [block, parts] of blocks) {
    const style = getComputedStyle(block), lines = [];
    if (style.textAlign === "justify" || style.textAlignLast === "justify")
      faults.push(`justified: ${named(block)}`);
    const letters = parts.map(({node}) => node.data).join("");
    const most = wide.test(letters) ? 40 : 80;
    if (letters.trim().length <= most) continue;
    for (const {node} of parts) {
      for (const word of node.data.matchAll(wide.test(node.data) ? /\S/gu : /\S+\s*/gu)) {
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].trimEnd().length);
        const rects = range.getClientRects();
        if (!rects.length) continue;
        const at = rects[0].top + rects[0].height / 2;
        if (!lines.length || Math.abs(at - lines.at(-1).at) > 5) lines.push({at, characters: 0});
        lines.at(-1).characters += word[0].length;
      }
    }
    const longest = Math.max(...lines.map((line) => line.characters - 1));
    if (longest > most) faults.push(`a line of ${longest} characters: ${named(block)}`);
    const isBlockOfText = /[.!?。؟][\s”"]+\S/u.test(letters) && !/^H\d$/.test(block.tagName);
    const apart = parseFloat(style.lineHeight) / parseFloat(style.fontSize);
    if (lines.length > 1 && isBlockOfText && !(apart >= 1.495))
      faults.push(`lines are ${apart.toFixed(2)} apart: ${named(block)}`);
  }
  for (const one of document.querySelectorAll("p + p")) {
    const before = one.previousElementSibling;
    // A paragraph ends as a sentence does; what does not is a title of the next.
    if (!seen(one) || !seen(before) || !/[.!?。؟][”")]?$/u.test(before.textContent.trim())) continue;
    const line = parseFloat(getComputedStyle(before).lineHeight);
    const gap = one.getBoundingClientRect().top - before.getBoundingClientRect().bottom;
    const side = one.getBoundingClientRect().left < before.getBoundingClientRect().right;
    if (side && (gap + line) / line < 1.495)
      faults.push(`paragraphs are ${((gap + line) / line).toFixed(2)} lines apart: ${named(one)}`);
  }
  return faults;
}
