"""How Django writes dates and times on its own screens, by language."""
