"""What other sites, feeds and search engines show of this one, and what it says of itself."""
