"""The page for one worker: one file, nothing fetched, nothing run."""
