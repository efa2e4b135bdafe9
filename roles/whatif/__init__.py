"""A week of one's own in a role, and a job that is not listed: nothing is kept of either."""
