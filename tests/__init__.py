# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tests; each behaviour has the smallest real site that shows it."""
