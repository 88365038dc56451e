# SPDX-License-Identifier: AGPL-3.0-or-later
"""``python -m notices``: the command line, as ``./run`` starts it."""

from notices.cli import main

main()
