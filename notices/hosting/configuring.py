# SPDX-License-Identifier: AGPL-3.0-or-later
"""What does a server have to know of a site? What every configuration is made of.

The configurations are templates beside this module, since they are read more than run: ``nginx.py``
and ``caddy.py`` fill them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from notices import addresses
from notices.hosting import choice, headers, redirects, security_txt, whereabouts
from notices.hosting.whereabouts import Machine
from notices.model import Catalog
from notices.settings import Settings

_ENVIRONMENT: Final = Environment(  # noqa: S701  (no HTML)
    loader=FileSystemLoader(Path(__file__).parent),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def filled(
    template: str,
    catalog: Catalog,
    settings: Settings,
    machine: Machine,
    quoted: Callable[[object], str],
    **more: Any,
) -> str:
    """Fill a template; ``quoted`` writes a text as the server reads one.

    Raises SettingsError for a site without an address.
    """
    site = whereabouts.of_site(settings)
    sent = headers.of_site()
    if not site.is_secure:  # RFC 6797, section 7.2
        del sent["Strict-Transport-Security"]
    environment = _ENVIRONMENT.overlay()
    environment.filters = {**_ENVIRONMENT.filters, "quoted": quoted, "literal": _literal}
    return environment.get_template(template).render(
        site=site,
        machine=machine,
        languages=tuple(catalog.languages),
        headers={name: value for name, value in sent.items() if name != "Cache-Control"},
        no_cache=headers.NO_CACHE,
        no_store=headers.NO_STORE,
        methods=headers.METHODS,
        types={**headers.CONTENT_TYPES, **headers.MEDIA_TYPES},
        not_found=addresses.NOT_FOUND,
        moved={
            f"{site.path}/{retired}": f"{site.public_path}/{successor}"
            for retired, successor in redirects.of_site(catalog, settings).items()
        },
        wanted=tuple(choice.wanted(catalog.languages)) if settings.chooses_language else (),
        meant=tuple(choice.meant(catalog.languages)),
        security_txt=security_txt.PATH if security_txt.is_stated(catalog.organisation) else "",
        **more,
    )


def _literal(text: str) -> str:
    """Write an expression, for PCRE and RE2, that fits a text and nothing else."""
    return re.sub(r"[^\w/-]", lambda sign: r"\^" if sign[0] == "^" else f"[{sign[0]}]", text)
