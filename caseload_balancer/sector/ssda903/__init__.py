"""The social worker module of the children looked after return (SSDA903), in and out.

Facts: data-to-insight/csc-validator-be-903, commit 10ad07c (MIT), the rules in force for 2025-26.
"""
