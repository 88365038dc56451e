# SPDX-License-Identifier: AGPL-3.0-or-later
"""Catalog → pages, through the theme."""

from notices.render.pages import Renderer

__all__ = ["Renderer"]
