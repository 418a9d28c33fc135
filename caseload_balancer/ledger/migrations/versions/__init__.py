"""One module a revision, never changed once released: ledgers of that revision exist."""
