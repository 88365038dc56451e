# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a finished site comes to where readers find it."""
