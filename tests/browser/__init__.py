# SPDX-License-Identifier: AGPL-3.0-or-later
"""What only a browser can show, in Debian's Chromium."""
