# SPDX-License-Identifier: AGPL-3.0-or-later
"""One Markdown file → Notice: sections and links, each with the line of its source."""

from notices.source.notice import Reader
from notices.source.organisation import read_organisation

__all__ = ["Reader", "read_organisation"]
