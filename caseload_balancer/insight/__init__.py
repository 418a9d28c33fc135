"""Questions about a week and its plan: a folder a question, named as its function."""
