"""What is published, as data that others' tools read."""
