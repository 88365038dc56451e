# SPDX-License-Identifier: AGPL-3.0-or-later
"""A text file of a release → the same file as it is sent: gzip (RFC 1952) and Brotli (RFC 7932).

Both encoders come from pinned wheels that carry their own code (zopfli and brotli), at their best
setting: a release has the same bytes on every machine, whatever zlib its system has. A page takes
0.05 s. gzip's header holds no time and no name.
"""

from __future__ import annotations

from pathlib import PurePosixPath

import brotli
import zopfli.gzip

from notices.filenames import BROTLI, GZIP
from notices.hosting.headers import CONTENT_TYPES


def compressed(path: str, content: bytes) -> dict[str, bytes]:
    """Give the files to lay beside a file of the site; none beside what is no text.

    They stand beside each text file, also where they are longer (a file of a few words): then a
    server needs no exception.
    """
    if PurePosixPath(path).suffix not in CONTENT_TYPES:
        return {}
    return {
        f"{path}{GZIP}": zopfli.gzip.compress(content),
        f"{path}{BROTLI}": brotli.compress(content, mode=brotli.MODE_TEXT, quality=11),
    }
