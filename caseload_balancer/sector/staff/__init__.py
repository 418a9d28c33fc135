"""Who works here: the HR table that extracts need beside them, job titles, and names of people."""
