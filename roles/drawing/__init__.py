"""The geometry of every chart, and how figures and prose are written."""
