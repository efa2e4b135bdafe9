"""The verbs: what changes the stored data, each in one transaction."""
