# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is begun and not yet to be published: a language, or a notice in every language."""

from notices.drafting.language import add_language
from notices.drafting.notice import add_notice

__all__ = ["add_language", "add_notice"]
