"""What it would mean for each worker to hold a case, and why not."""
