"""The Standard Safeguarding Dataset: ~50 tables that a script makes in the case system's database.

Facts: data-to-insight/ssd-data-model, commit 4987c73 (SystemC 1.4.5, Mosaic and Eclipse 1.4.4).
"""
