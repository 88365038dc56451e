# SPDX-License-Identifier: AGPL-3.0-or-later
"""The site as it will be, on the editor's own machine, while the text is being written."""
