# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finished pages → findings: does every link, anchor and address of a folder of HTML land?"""
