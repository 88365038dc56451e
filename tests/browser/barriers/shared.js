// SPDX-License-Identifier: AGPL-3.0-or-later
// What the scripts of this folder share: what is seen, where text stands, how an element is named.

const TARGETS = "a[href], summary, button, input, select, textarea, [tabindex]";

const named = (element) => {
  const names = [];
  for (let one = element; one && one !== document.documentElement; one = one.parentElement) {
    const kind = one.localName + [...one.classList].map((name) => "." + name).join("");
    names.unshift(one.id ? `${kind}#${one.id}` : kind);
    if (one.id || names.length === 3) break;
  }
  const words = element.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
  return `${names.join(" > ")} “${words}”`;
};

// Text for screen readers alone, and what a closed <details> holds, is not seen.
const seen = (element) => {
  const asked = {visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true};
  if (!element.checkVisibility(asked)) return false;
  for (let one = element; one; one = one.parentElement) {
    const style = getComputedStyle(one);
    if (style.clipPath !== "none" && Math.min(one.offsetWidth, one.offsetHeight) <= 1) return false;
    if (one.getBoundingClientRect().bottom + scrollY <= 0 && one.matches(TARGETS)) return false;
  }
  return true;
};

// Every seen text node with its rectangles, one for each line, in the order of the document.
const texts = (root = document.body) => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [], known = new Map(), range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || ["STYLE", "SCRIPT"].includes(parent.tagName)) continue;
    if (!known.has(parent)) known.set(parent, seen(parent));
    if (!known.get(parent)) continue;
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((one) => one.width > 0.5 && one.height > 0.5);
    if (rects.length) found.push({node, parent, rects});
  }
  return found;
};

const blockOf = (element) => {
  let one = element;
  while (one !== document.body && /^(inline|contents|ruby)/.test(getComputedStyle(one).display)
    && !/^inline-/.test(getComputedStyle(one).display)) one = one.parentElement;
  return one;
};

// Colours as [red, green, blue, alpha], 0 to 255 and 0 to 1, by the browser's own reading.
const PAINTED = new Map();
const BRUSH = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
const painted = (colour) => {
  if (!PAINTED.has(colour)) {
    const plain = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(colour);
    if (plain) PAINTED.set(colour, [...plain.slice(1, 4).map(Number), Number(plain[4] ?? 1)]);
    else {
      BRUSH.clearRect(0, 0, 1, 1);
      BRUSH.fillStyle = colour;
      BRUSH.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = BRUSH.getImageData(0, 0, 1, 1).data;
      PAINTED.set(colour, [red, green, blue, alpha / 255]);
    }
  }
  return PAINTED.get(colour);
};
const over = (front, back) =>
  [0, 1, 2].map((one) => front[one] * front[3] + back[one] * (1 - front[3])).concat(1);
const luminance = (colour) => {
  const [red, green, blue] = colour.slice(0, 3).map((one) =>
    one / 255 <= 0.04045 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one, other) => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};
// What is painted behind an element: its own background over those of its ancestors.
const behind = (element) => {
  const layers = [];
  for (let one = element; one; one = one.parentElement) {
    const colour = painted(getComputedStyle(one).backgroundColor);
    if (colour[3] > 0) layers.push(colour);
    if (colour[3] === 1) break;
  }
  const dark = matchMedia("(prefers-color-scheme: dark)").matches
    && getComputedStyle(document.documentElement).colorScheme.includes("dark");
  const canvas = dark && !matchMedia("print").matches ? [18, 18, 18, 1] : [255, 255, 255, 1];
  return layers.reverse().reduce((back, front) => over(front, back), canvas);
};

// A link is in a sentence when its block holds other words, of no link.
const isInSentence = (link) => {
  if (getComputedStyle(link).display !== "inline") return false;
  const block = blockOf(link.parentElement);
  return texts(block).some(({node, parent}) =>
    !parent.closest(TARGETS) && /\p{L}\p{L}/u.test(node.data) && blockOf(parent) === block);
};
