"""Searching, browsing and the overview: what is asked for, and what is found."""
