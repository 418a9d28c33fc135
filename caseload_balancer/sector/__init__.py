"""The sector's own files, such as a Standard Safeguarding Dataset, to the five input tables.

What comes out are the raw tables that CSV files give too, so that everything after is the same:
checks, messages, snapshot. What was used, left out, missing or assumed on the way is kept row by
row in an `Evidence`.
"""
