"""Large neighbourhoods, and roundings of the relaxation."""
