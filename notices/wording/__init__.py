# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the checks of words share: the text in one language, and a finding where its words stand."""

from notices.wording.passages import Passage, passages
from notices.wording.remarks import Remark, findings

__all__ = ["Passage", "Remark", "findings", "passages"]
