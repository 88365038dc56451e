# SPDX-License-Identifier: AGPL-3.0-or-later
"""Is each translation still a translation of what its source says now?"""
