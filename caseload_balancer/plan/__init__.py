"""The answer in the users words."""
