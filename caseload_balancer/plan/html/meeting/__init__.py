"""The page for an allocation meeting: one file, nothing fetched, nothing run but its own script."""
