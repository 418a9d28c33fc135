"""Rates of exchange: what decisions say about them, and what a manager says when asked."""
