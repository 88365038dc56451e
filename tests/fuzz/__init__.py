# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever an editor's files hold: from their bytes to the published pages, nothing gets through.

``targets`` says which files there are, ``oracle`` what a page may hold; ``__main__`` lets atheris
look for inputs (``./run fuzz``), and ``tests/test_hostile.py`` tries a few in every run of the
tests.
"""
