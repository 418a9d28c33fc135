"""One worker's own week: what is told to a worker of their plan, and of nobody else's."""
