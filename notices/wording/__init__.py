# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the checks of words look for, and how they tell an editor where it stands."""

from notices.wording.remarks import Remark, findings, quoted

__all__ = ["Remark", "findings", "quoted"]
