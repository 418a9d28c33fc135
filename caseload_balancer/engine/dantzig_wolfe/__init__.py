"""Dantzig-Wolfe decomposition: restricted master, pricing knapsacks, branching and diving."""
