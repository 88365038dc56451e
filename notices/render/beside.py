# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which files has the site beside its pages, and what do they hold?"""

from __future__ import annotations

import functools
from collections.abc import Callable

from notices import theme
from notices.filenames import ICON, REDIRECTS
from notices.hosting import security_txt, static_hosts
from notices.model import Catalog
from notices.settings import Settings


def files(catalog: Catalog, settings: Settings) -> dict[str, Callable[[], bytes]]:
    """Give by its path on the site what reads each file: the theme's, the content's, the host's.

    Reading raises OSError for a file that cannot be read.
    """
    found = {path: file.read_bytes for path, file in theme.static_files(settings).items()}
    if catalog.brand.icon:
        found[ICON] = catalog.brand.icon.encode
    if redirects := static_hosts.of_redirects(catalog, settings):
        found[REDIRECTS] = redirects.encode
    if security_txt.is_stated(catalog.organisation):
        found[security_txt.PATH] = functools.partial(security_txt.written, catalog, settings)
    return found | {path: (settings.content / path).read_bytes for path in catalog.files}
