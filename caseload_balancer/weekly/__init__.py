"""The weekly run that nobody watches: read, hold against last week, plan, write, record."""
