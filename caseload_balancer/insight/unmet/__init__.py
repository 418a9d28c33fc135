"""The fewest children any plan could leave unmet, and the places they lack."""
