"""From words to whole numbers: a snapshot and a policy as the arrays the engine solves."""
