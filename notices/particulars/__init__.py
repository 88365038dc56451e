# SPDX-License-Identifier: AGPL-3.0-or-later
"""What must two texts in different languages say alike, and where do they not?

``read`` finds the particulars of a section: numbers, periods of time, dates, addresses, links,
abbreviations, list items and table rows. ``differences`` compares those of a translation with
those of its source; ``beyond`` gives those of a line that are not in what it sums up. What a
language words in its own way is in ``words/``, a file for each.
"""

from notices.particulars.comparison import differences
from notices.particulars.containment import beyond
from notices.particulars.model import Difference, Kind, Particulars, Value
from notices.particulars.reading import read

__all__ = ["Difference", "Kind", "Particulars", "Value", "beyond", "differences", "read"]
