# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the checks of words look for, in which texts, and how they tell where it stands."""

from notices.wording.remarks import Remark, findings, quoted
from notices.wording.texts import is_glossary, texts

__all__ = ["Remark", "findings", "is_glossary", "quoted", "texts"]
