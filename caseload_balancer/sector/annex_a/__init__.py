"""Ofsted's Annex A: one workbook with a sheet for each list of children.

Facts: SocialFinanceDigitalLabs/liia-tools, commit 0dd821c (headings as Ofsted writes them), and
data-to-insight/ssd-data-model, commit 4987c73 (headings without blanks).
"""
