"""Where the board has a program behind it: a notebook, and a server on this machine alone.

The board itself, its data and its script, is `caseload_balancer.board`.
"""
