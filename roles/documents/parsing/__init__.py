"""Reading an assessment document, one module for each kind of thing that stands in it."""
