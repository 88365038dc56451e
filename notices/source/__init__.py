# SPDX-License-Identifier: AGPL-3.0-or-later
"""One Markdown file → Notice: sections and links, each with the line of its source."""

from notices.source.facts import read_organisation
from notices.source.notice import Reader

__all__ = ["Reader", "read_organisation"]
