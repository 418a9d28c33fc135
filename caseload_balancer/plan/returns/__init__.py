"""A plan in the sector's own formats: the SSDA903 module, Annex A's columns, a system's import."""
