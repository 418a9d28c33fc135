"""What was agreed, solved around: agreements, the search near a plan, exchanges."""
