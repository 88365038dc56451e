# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lets ``python -m notices`` be the command line."""

import signal

if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # while modules load, Ctrl-C needs no words

from notices.cli import main

main()
