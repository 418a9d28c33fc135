"""The independent check of a plan: the rules and goals again, straight from the tables."""
