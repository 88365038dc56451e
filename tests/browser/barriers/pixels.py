# SPDX-License-Identifier: AGPL-3.0-or-later
"""What differs between two pictures, pixel by pixel? The browser reads them, on an empty page."""

from __future__ import annotations

import base64

from playwright.sync_api import FloatRect, Page

COMPARE = """async ([one, other, least]) => {
  const read = async (data) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], {type: "image/png"}));
    const brush = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
    brush.drawImage(picture, 0, 0);
    return brush.getImageData(0, 0, picture.width, picture.height).data;
  };
  const light = (data, at) => [0, 1, 2].map((part) => data[at + part] / 255).map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, which) => sum + part * [0.2126, 0.7152, 0.0722][which], 0);
  const [a, b] = [await read(one), await read(other)];
  let changed = 0;
  for (let at = 0; at < Math.min(a.length, b.length); at += 4) {
    const [low, high] = [light(a, at), light(b, at)].sort((x, y) => x - y);
    if ((high + 0.05) / (low + 0.05) >= least) changed += 1;
  }
  return changed + Math.abs(a.length - b.length) / 4;
}"""


def shot(page: Page, clip: FloatRect) -> str:
    """Take a picture of a part of the window, in base64."""
    return base64.b64encode(page.screenshot(clip=clip, caret="initial")).decode()


def changed(desk: Page, one: str, other: str, least: float = 3) -> int:
    """Count the pixels that change with at least this contrast; ``desk`` is an empty page."""
    return int(desk.evaluate(COMPARE, [one, other, least]))
