"""Planning around what was agreed: the options left, the search near a plan, exact exchanges."""
