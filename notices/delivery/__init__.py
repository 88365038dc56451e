# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a finished site comes to where readers find it."""


class DeliveryError(Exception):
    """A site cannot be published as it is, or not there; the message says why and what to do."""
