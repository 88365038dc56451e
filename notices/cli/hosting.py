# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command about a host of one's own: ``host``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from notices import catalog
from notices.cli.options import SiteOptions, about_a_site, write_for_machine

_SERVERS = ("nginx", "caddy")
_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("server", type=click.Choice(_SERVERS))
@about_a_site
@click.option("--site-url", metavar="URL", help="The public address, such as https://example.org.")
@click.option("--root", type=_PATH, required=True, help="Where the site is: /srv/notice/current.")
@click.option("--listen", metavar="ADDR:PORT", default="", help="Where to listen, if not publicly.")
@click.option("--certificate", type=_PATH, help="The file of the certificate, for TLS.")
@click.option("--key", type=_PATH, help="The file of its key.")
@click.option("--logs", type=_PATH, help="The folder of the logs, if not /var/log/SERVER.")
@click.option(
    "--choose-language", is_flag=True, help="Send who comes to / to a language of theirs."
)
@click.option("--no-brotli", is_flag=True, help="Do without .br files.")
def host(
    server: str,
    site: SiteOptions,
    site_url: str | None,
    root: Path,
    listen: str,
    certificate: Path | None,
    key: Path | None,
    logs: Path | None,
    choose_language: bool,
    no_brotli: bool,
) -> None:
    """Print a configuration for a server of one's own."""
    from notices.hosting import caddy, nginx
    from notices.hosting.whereabouts import Machine

    settings = site.settings(address=site_url)
    if choose_language:
        settings = replace(settings, chooses_language=True)
    machine = Machine(
        root=root,
        logs=logs or Path("/var/log") / server,
        listen=listen,
        certificate=certificate,
        key=key,
        has_brotli=not no_brotli,
    )
    published = catalog.load(
        settings.content, settings.shown_content, settings.source_language, drafts=False
    )
    write = {"nginx": nginx.written, "caddy": caddy.written}[server]
    write_for_machine(write(published, settings, machine).removesuffix("\n"))
