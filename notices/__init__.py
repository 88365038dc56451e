# SPDX-License-Identifier: AGPL-3.0-or-later
"""Static multilingual privacy notices: a Pelican plugin and a command line over one package."""


def register() -> None:
    """Connect the plugin to Pelican's signals (Pelican calls this once).

    Pelican logs a failing ``register`` and then builds a site without the plugin, with exit code
    0; SystemExit is the one thing that it lets through.
    """
    try:
        from notices import hooks

        hooks.connect()
    except Exception as error:
        raise SystemExit(f"The notices plugin could not start: {error}") from error
