"""The charts: each draws the rows of its table and works nothing out."""
