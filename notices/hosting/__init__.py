# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a host has to serve the site: its headers, types, redirects and pages for errors."""
